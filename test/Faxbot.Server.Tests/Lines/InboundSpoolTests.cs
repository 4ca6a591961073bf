using System.Net;
using Faxbot.Imaging.Pages;
using Faxbot.Lines;
using Faxbot.Server.Inbound;
using Faxbot.Server.Lines;
using Faxbot.Server.Storage;
using Faxbot.Server.Tests.Content;
using Faxbot.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Faxbot.Server.Tests.Lines;

/// <summary>What a gateway that was killed in a call had received, as its next life finds it.</summary>
public sealed class InboundSpoolTests : IAsyncLifetime
{
    private static readonly PageFormat Page = new(1728, FaxResolution.Fine);
    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private Database? _database;
    private StoredContents? _contents;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Spool => _folder.Of("spool");

    public async ValueTask InitializeAsync()
    {
        _database = new Database(new DatabaseOptions { Sqlite = _folder.Of("faxbot.db") });
        await _database.MigrateAsync(Cancel);
        _contents = new StoredContents(_database, _time);
    }

    public async ValueTask DisposeAsync()
    {
        _contents?.Dispose();
        if (_database is not null) await _database.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 900)]
    [InlineData(1, 0)]
    [InlineData(2, 900)]
    public async Task Whole_pages_reach_the_inbox_once_and_broken_ones_do_not(int whole, int rowsMore)
    {
        var pages = Begin();
        for (var page = 0; page < whole; page++)
        {
            Write(pages, 300);
            pages.Keep(0, 0);
        }

        if (rowsMore > 0) Write(pages, rowsMore);
        CopyAsKilled();

        await NextLife().RecoverAsync(Cancel);
        await NextLife().RecoverAsync(Cancel);

        var received = await _contents!.Inbox.ListAsync(new InboundQuery(), Cancel);
        Assert.Equal(whole > 0 ? [whole] : [], received.Select(fax => fax.Pages));
        Assert.Empty(Directory.GetFiles(Killed));
    }

    [Theory]
    [InlineData("*.tif")]
    [InlineData("*.json")]
    public async Task What_cannot_be_read_stays_and_keeps_no_gateway_from_starting(string damaged)
    {
        var pages = Begin();
        Write(pages, 300);
        pages.Keep(0, 0);
        CopyAsKilled();
        await File.WriteAllTextAsync(Directory.GetFiles(Killed, damaged).Single(), "nonsense", Cancel);

        await NextLife().RecoverAsync(Cancel);

        Assert.Empty(await _contents!.Inbox.ListAsync(new InboundQuery(), Cancel));
        Assert.Equal(2, Directory.GetFiles(Killed).Length);
    }

    private string Killed => _folder.Of("killed");

    private InboundSpool NextLife() => OpenSpool(Killed);

    private InboundSpool OpenSpool(string folder) => new(folder, _contents!.Store, _contents.Inbox, _time, NullLogger<InboundSpool>.Instance);

    private ReceivedTiff Begin() => (ReceivedTiff)Assert.IsType<IncomingDecision.Accept>(
        OpenSpool(Spool).Accept(new IncomingFax("5550199", "5550100", new IPEndPoint(IPAddress.Loopback, 5060)), "inbox")).Pages;

    // Noise, so that what is coded fills more than the writer's buffer.
    private static void Write(ReceivedTiff pages, int rows)
    {
        var random = new Random(1);
        var row = new byte[Page.Stride];
        pages.Begin(Page);
        for (var i = 0; i < rows; i++)
        {
            random.NextBytes(row);
            pages.WriteRow(row);
        }
    }

    // A kill leaves the files as they are at that instant; disposing would complete them.
    private void CopyAsKilled()
    {
        Directory.CreateDirectory(Killed);
        foreach (var file in Directory.GetFiles(Spool)) File.Copy(file, Path.Combine(Killed, Path.GetFileName(file)));
    }
}
