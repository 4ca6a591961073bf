using Faxbot.Server.Storage;

namespace Faxbot.Server.Keys;

/// <summary>A row of table <c>api_keys</c> as it stands there.</summary>
internal sealed class KeyRow
{
    public string Id { get; set; } = "";
    public byte[] Digest { get; set; } = [];
    public byte[]? PreviousDigest { get; set; }
    public long? PreviousUntil { get; set; }
    public string Name { get; set; } = "";
    public string? Owner { get; set; }
    public string? Note { get; set; }
    public string Scopes { get; set; } = "";
    public long CreatedAt { get; set; }
    public long? ExpiresAt { get; set; }
    public long? RotatedAt { get; set; }
    public long? RevokedAt { get; set; }
    public long? LastUsedAt { get; set; }

    public ApiKey ToKey() => new()
    {
        KeyId = Id,
        Name = Name,
        Owner = Owner,
        Note = Note,
        Scopes = Scopes.Split(' '),
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        ExpiresAt = ExpiresAt.ToInstant(),
        RotatedAt = RotatedAt.ToInstant(),
        PreviousUntil = PreviousUntil.ToInstant(),
        RevokedAt = RevokedAt.ToInstant(),
        LastUsedAt = LastUsedAt.ToInstant(),
    };
}
