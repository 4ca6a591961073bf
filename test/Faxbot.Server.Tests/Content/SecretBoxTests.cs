using Faxbot.Server.Configuration;
using Faxbot.Server.Content;
using Faxbot.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Faxbot.Server.Tests.Content;

public sealed class SecretBoxTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly KeyRing _ring;
    private readonly SecretBox _box;

    public SecretBoxTests()
    {
        _ring = KeyRing.Open(new StorageOptions { KeyRing = _folder.Of("keys.json") }, new FakeTimeProvider());
        _box = new SecretBox(_ring);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_secret_opens_as_it_was_sealed_also_after_a_new_key()
    {
        var (sealedSecret, sealedNothing) = (_box.Seal("password"u8), _box.Seal([]));
        _ring.Rotate();

        Assert.Equal("password"u8, _box.Open(sealedSecret));
        Assert.Empty(_box.Open(sealedNothing));
    }

    [Fact]
    public void Equal_secrets_do_not_look_alike() => Assert.NotEqual(_box.Seal("password"u8), _box.Seal("password"u8));

    [Fact]
    public void Each_flipped_bit_and_each_truncation_is_found()
    {
        var whole = _box.Seal("password"u8);
        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            var changed = (byte[])whole.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.ThrowsAny<ContentException>(() => _box.Open(changed));
        }

        for (var cut = 0; cut < whole.Length; cut++) Assert.Throws<ContentDamagedException>(() => _box.Open(whole.AsSpan(0, cut)));
    }
}
