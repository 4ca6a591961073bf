using Faxbot.Server.Configuration;
using Faxbot.Server.Content;
using Faxbot.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Faxbot.Server.Tests.Content;

public sealed class KeyRingTests : IDisposable
{
    private static readonly LockKey First = Key('1');
    private static readonly LockKey Second = Key('2');
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_ring_is_made_once_and_only_its_owner_may_read_it()
    {
        var ring = Open();

        Assert.Equal(ring.NamingKey, Open().NamingKey);
        Assert.Equal(ring.Newest.Key, Open().Newest.Key);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.Of("keys.json")));
    }

    [Fact]
    public async Task Gateways_that_start_together_have_one_ring()
    {
        var rings = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Open())));

        Assert.Single(rings.Select(ring => ring.Newest.Id).Distinct());
        Assert.Single(Directory.GetFiles(_folder.FullPath));
    }

    [Fact]
    public void A_new_key_seals_and_the_old_ones_stay()
    {
        var ring = Open();
        var old = ring.Newest;

        var added = ring.Rotate();

        Assert.NotEqual(old.Id, added.Id);
        Assert.Equal(added.Id, Open().Newest.Id);
        Assert.Equal(old.Key, Open().Find(old.Id)!.Key);
    }

    [Fact]
    public void A_key_that_another_gateway_added_is_found_and_none_is_lost()
    {
        var (one, other) = (Open(), Open());

        var (first, second) = (one.Rotate(), other.Rotate());

        Assert.Equal(second.Key, one.Find(second.Id)!.Key);
        Assert.Equal(first.Key, other.Find(first.Id)!.Key);
        Assert.Null(one.Find(1));
    }

    [Fact]
    public void Nothing_is_changed_while_another_process_changes_it()
    {
        var ring = Open();
        using var other = new FileStream(_folder.Of("keys.json.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

        Assert.Throws<KeyRingException>(ring.Rotate);
    }

    [Fact]
    public void A_lock_key_seals_the_file_at_once()
    {
        var plain = Open();
        Assert.Contains(Convert.ToBase64String(plain.NamingKey), File.ReadAllText(_folder.Of("keys.json")), StringComparison.Ordinal);

        var locked = Open(First);

        Assert.Equal(plain.NamingKey, locked.NamingKey);
        Assert.DoesNotContain(Convert.ToBase64String(plain.NamingKey), File.ReadAllText(_folder.Of("keys.json")), StringComparison.Ordinal);
        Assert.Equal(plain.NamingKey, Open(First).NamingKey);
    }

    [Fact]
    public void Without_the_lock_key_or_with_another_it_says_what_to_set()
    {
        Open(First);

        Assert.Contains("set storage.key", Assert.Throws<KeyRingException>(() => Open()).Message, StringComparison.Ordinal);
        Assert.Contains("storage.previous_key", Assert.Throws<KeyRingException>(() => Open(Second)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_lock_key_changes_with_the_help_of_the_former()
    {
        var ring = Open(First);

        Assert.Equal(ring.NamingKey, Open(Second, previous: First).NamingKey);
        Assert.Equal(ring.NamingKey, Open(Second).NamingKey);
        Assert.Throws<KeyRingException>(() => Open(First));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"naming_key":"AA==","keys":[]}""")]
    [InlineData("""{"naming_key":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=","keys":[]}""")]
    public void A_file_that_is_no_ring_is_never_replaced(string text)
    {
        File.WriteAllText(_folder.Of("keys.json"), text);

        Assert.Throws<KeyRingException>(() => Open());

        Assert.Equal(text, File.ReadAllText(_folder.Of("keys.json")));
    }

    private static LockKey Key(char digit) => LockKey.TryParse(new string(digit, 64), out var key) ? key : throw new ArgumentException("No key.", nameof(digit));

    private KeyRing Open(LockKey? key = null, LockKey? previous = null) =>
        KeyRing.Open(new StorageOptions { KeyRing = _folder.Of("keys.json"), Key = key, PreviousKey = previous }, new FakeTimeProvider());
}
