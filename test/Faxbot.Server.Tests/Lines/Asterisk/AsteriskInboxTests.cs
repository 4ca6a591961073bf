using Faxbot.Lines.Asterisk;
using Faxbot.Sdk.Trunks;
using Faxbot.Server.Inbound;
using Faxbot.Server.Lines;
using Faxbot.Server.Lines.Asterisk;
using Faxbot.Server.Storage;
using Faxbot.Server.Tests.Content;
using Faxbot.Testing;
using Faxbot.Testing.Asterisk;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Faxbot.Server.Tests.Lines.Asterisk;

/// <summary>Faxes that an Asterisk hands over.</summary>
public sealed class AsteriskInboxTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly TrunkProfiles _trunks = new();
    private Database? _database;
    private StoredContents? _contents;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Spool => _folder.Of("spool");

    private AsteriskInbox Inbox => new(new AsteriskSpool(Spool), _contents!.Store, _contents.Inbox, _trunks, NullLogger<AsteriskInbox>.Instance);

    public async ValueTask InitializeAsync()
    {
        _database = new Database(new DatabaseOptions { Sqlite = _folder.Of("faxbot.db") });
        await _database.MigrateAsync(Cancel);
        _contents = new StoredContents(_database, new FakeTimeProvider(TimeProvider.System.GetUtcNow()));
    }

    public async ValueTask DisposeAsync()
    {
        _contents?.Dispose();
        if (_database is not null) await _database.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_fax_that_is_offered_twice_is_in_the_inbox_once_with_the_numbers_as_the_trunk_means_them()
    {
        _trunks.Set("faxbot-sip", new TrunkProfile { Servers = [new TrunkServer { Host = "sip.example" }], Inbound = new TrunkInbound { Country = "1" } });

        Assert.True(await Inbox.StoreAsync(Fax(AsteriskLab.Sample("two-light-g4.tif")), Cancel));
        Assert.True(await Inbox.StoreAsync(Fax(AsteriskLab.Sample("two-light-g4.tif")), Cancel));

        var fax = Assert.Single(await _contents!.Inbox.ListAsync(new InboundQuery(), Cancel));
        Assert.Equal(("+12065550199", "+12065550100", "faxbot-sip", "pbx:1.2", 2), (fax.To.Value, fax.From.Value, fax.Backend, fax.ProviderId, fax.Pages));
        Assert.Empty(Directory.GetFiles(Spool));
    }

    [Fact]
    public async Task A_call_that_brought_no_page_leaves_nothing()
    {
        var empty = _folder.Of("empty.tif");
        await File.WriteAllTextAsync(empty, "", Cancel);

        Assert.True(await Inbox.StoreAsync(Fax(empty), Cancel));

        Assert.Empty(await _contents!.Inbox.ListAsync(new InboundQuery(), Cancel));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_kept_for_a_person_and_not_offered_for_ever()
    {
        var broken = _folder.Of("broken.tif");
        await File.WriteAllTextAsync(broken, "nonsense", Cancel);

        Assert.True(await Inbox.StoreAsync(Fax(broken), Cancel));

        Assert.Equal("nonsense", await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(Spool)), Cancel));
    }

    [Fact]
    public async Task A_fax_that_cannot_be_stored_now_is_offered_again()
    {
        await _database!.DisposeAsync();

        Assert.False(await Inbox.StoreAsync(Fax(AsteriskLab.Sample("two-light-g4.tif")), Cancel));

        Assert.Empty(Directory.GetFiles(Spool));
    }

    private static ReceivedFax Fax(string file) => new(
        "pbx:1.2", "faxbot-sip", "2065550199", "2065550100", null, new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero), file, 2, true);
}
