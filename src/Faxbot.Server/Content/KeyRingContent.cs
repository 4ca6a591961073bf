using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Faxbot.Sdk;

namespace Faxbot.Server.Content;

/// <summary>What a key ring holds.</summary>
/// <param name="NamingKey">Makes the names of contents.</param>
/// <param name="Keys">The oldest first; at least one.</param>
internal sealed record KeyRingContent(byte[] NamingKey, IReadOnlyList<RingKey> Keys)
{
    public static KeyRingContent Create(DateTimeOffset now) => new(RandomNumberGenerator.GetBytes(RingKey.Octets), [RingKey.Create(now)]);

    public RingKey? Find(ulong id) => Keys.FirstOrDefault(key => key.Id == id);

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(
        new Written(NamingKey, [.. Keys.Select(key => new WrittenKey(key.Name, key.Key, key.CreatedAt))]), SdkJson.Options);

    /// <exception cref="JsonException">It is no key ring.</exception>
    public static KeyRingContent Parse(ReadOnlySpan<byte> json)
    {
        var written = JsonSerializer.Deserialize<Written>(json, SdkJson.Options) ?? throw new JsonException("A key ring is an object.");
        if (written.NamingKey.Length != RingKey.Octets || written.Keys.Count == 0 || written.Keys.Any(key => key.Key.Length != RingKey.Octets))
            throw new JsonException($"Keys have {RingKey.Octets} octets, and there is at least one.");
        return new KeyRingContent(written.NamingKey, [.. written.Keys.Select(Read)]);
    }

    private static RingKey Read(WrittenKey key) => ulong.TryParse(key.Id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id)
        ? new RingKey(id, key.Key, key.CreatedAt)
        : throw new JsonException("A key's id is hexadecimal.");

    private sealed record Written(byte[] NamingKey, IReadOnlyList<WrittenKey> Keys);

    private sealed record WrittenKey(string Id, byte[] Key, DateTimeOffset CreatedAt);
}
