using Faxbot.Server.Jobs;
using Faxbot.Server.Lines;
using Faxbot.Server.Plugins;
using Faxbot.Server.Tests.Content;
using Faxbot.Server.Tests.Jobs;
using Faxbot.Server.Tests.Storage;
using Faxbot.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Faxbot.Server.Tests.Lines;

public sealed class DocumentCopiesTests(SqliteUnderTest store) : IClassFixture<SqliteUnderTest>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_copy_lies_in_the_plugins_folder_until_its_attempt_has_ended()
    {
        using var contents = new StoredContents(await store.OpenEmptyAsync(), _time);
        using var copies = Create(contents);
        await copies.StartAsync(Cancel);
        var content = await contents.PutAsync("pages");
        var (first, second) = (await contents.Faxes.BeginAsync("+1"), await contents.Faxes.BeginAsync("+2"));
        var (ended, open) = (await MakeAsync(copies, content, first), await MakeAsync(copies, content, second));
        Assert.Equal("pages", await File.ReadAllTextAsync(ended, Cancel));

        await contents.Faxes.Ledger.EndAsync(first.Id, Outcomes.Success(), null, Cancel);
        await GoneAsync(ended);

        Assert.True(File.Exists(open));
        await contents.Faxes.Ledger.EndAsync(second.Id, Outcomes.Success(), null, Cancel);
        await GoneAsync(open);
        await copies.StopAsync(Cancel);
    }

    [Fact]
    public async Task What_an_earlier_run_left_is_deleted_at_the_start_and_what_is_the_plugins_stays()
    {
        using var contents = new StoredContents(await store.OpenEmptyAsync(), _time);
        using var killed = Create(contents);
        var left = await MakeAsync(killed, await contents.PutAsync("pages"), await contents.Faxes.BeginAsync("+3"));
        var own = Path.Combine(Path.GetDirectoryName(left)!, "state.json");
        await File.WriteAllTextAsync(own, "{}", Cancel);

        using var next = Create(contents);
        await next.StartAsync(Cancel);

        Assert.Equal((false, true), (File.Exists(left), File.Exists(own)));
        await next.StopAsync(Cancel);
    }

    private Task<string> MakeAsync(DocumentCopies copies, string content, FaxAttempt attempt) =>
        copies.MakeAsync(content, Directory.CreateDirectory(Options.OwnFolder(attempt.PluginId)).FullName, ".tif", attempt.Id, Cancel);

    private DocumentCopies Create(StoredContents contents) =>
        new(contents.Store, contents.Faxes.Ledger, contents.Faxes.Signal, Options, TimeProvider.System, NullLogger<DocumentCopies>.Instance);

    private PluginOptions Options => new() { Folder = _folder.FullPath };

    private static Task GoneAsync(string path) => Eventually.HoldsAsync(() => !File.Exists(path), Patience);
}
