namespace Faxbot.Server.Keys;

/// <summary>A key with its token: the one time that it is shown.</summary>
internal sealed record IssuedKeyView
{
    public required string KeyId { get; init; }

    /// <summary>What to send in <c>X-API-Key</c>.</summary>
    public required string Token { get; init; }

    public required string Name { get; init; }

    public string? Owner { get; init; }

    public string? Note { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public static IssuedKeyView Of(IssuedKey issued) => new()
    {
        KeyId = issued.Key.KeyId,
        Token = issued.Token.Reveal(),
        Name = issued.Key.Name,
        Owner = issued.Key.Owner,
        Note = issued.Key.Note,
        Scopes = issued.Key.Scopes,
        CreatedAt = issued.Key.CreatedAt,
        ExpiresAt = issued.Key.ExpiresAt,
    };
}
