namespace Faxbot.Server.Keys;

/// <summary>An API key as its row tells it, without its secret.</summary>
internal sealed record ApiKey
{
    /// <summary>Twelve hexadecimal digits.</summary>
    public required string KeyId { get; init; }

    public required string Name { get; init; }

    public string? Owner { get; init; }

    public string? Note { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? RotatedAt { get; init; }

    /// <summary>Until when the secret before the last rotation is taken.</summary>
    public DateTimeOffset? PreviousUntil { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>To the minute.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }
}

/// <summary>A key to be made.</summary>
internal sealed record NewApiKey
{
    public required string Name { get; init; }

    public string? Owner { get; init; }

    public string? Note { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>A key whose secret was just made.</summary>
/// <param name="Key">The key.</param>
/// <param name="Token">What the caller shows; it cannot be had again.</param>
internal sealed record IssuedKey(ApiKey Key, KeyToken Token);
