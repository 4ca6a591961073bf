using Faxbot.Server.Keys;
using Faxbot.Server.Startup;
using Faxbot.Server.Storage;
using Faxbot.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Faxbot.Server.Tests.Startup;

public sealed class FirstKeyTests : IAsyncLifetime
{
    private static readonly Uri Listen = new("http://127.0.0.1:8080");
    private readonly TempFolder _folder = new();
    private readonly Database _database;
    private readonly KeyStore _keys;

    public FirstKeyTests()
    {
        _database = new Database(new DatabaseOptions { Sqlite = _folder.Of("faxbot.db") });
        _keys = new KeyStore(_database, new FakeTimeProvider(DateTimeOffset.UnixEpoch));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _database.MigrateAsync(Cancel);

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Each_start_shows_the_same_key_until_it_was_used()
    {
        var first = await FirstKey.MakeAsync(_keys, _folder.FullPath, Listen, Cancel);
        var second = await FirstKey.MakeAsync(_keys, _folder.FullPath, Listen, Cancel);
        await _keys.AuthenticateAsync(second!.Value.Reveal(), Cancel);
        var third = await FirstKey.MakeAsync(_keys, _folder.FullPath, Listen, Cancel);

        Assert.NotNull(first);
        Assert.Equal(first, second);
        Assert.Null(third);
    }

    [Fact]
    public async Task A_start_that_was_cut_off_before_the_row_was_there_is_made_good_by_the_next()
    {
        var lost = KeyToken.Create();
        new LocalAccess(Listen, lost.Reveal()).Write(_folder.FullPath);

        var shown = await FirstKey.MakeAsync(_keys, _folder.FullPath, Listen, Cancel);

        Assert.NotNull(await _keys.AuthenticateAsync(shown!.Value.Reveal(), Cancel));
        Assert.Equal(shown.Value.Reveal(), LocalAccess.Read(_folder.FullPath)!.Key);
    }

    [Fact]
    public async Task A_second_gateway_on_the_same_rows_shows_none()
    {
        await FirstKey.MakeAsync(_keys, _folder.FullPath, Listen, Cancel);

        Assert.Null(await FirstKey.MakeAsync(_keys, Directory.CreateDirectory(_folder.Of("second")).FullName, Listen, Cancel));
    }
}
