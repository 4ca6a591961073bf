using Faxbot.Sdk.Numbers;
using Faxbot.Server.Configuration;
using Faxbot.Server.Jobs;
using Faxbot.Server.Plugins;
using Faxbot.Server.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Faxbot.Bench.Gateway;

/// <summary>A gateway's queue over rows that are there already.</summary>
internal sealed class DispatchStore : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly InstantBackends _backends;
    private int _accepted;

    private DispatchStore(ServiceProvider services, InstantBackends backends) => (_services, _backends) = (services, backends);

    /// <summary>With so many finished and waiting faxes.</summary>
    public static async Task<DispatchStore> CreateAsync(DatabaseOptions options, int finished, int waiting)
    {
        var database = new Database(options);
        await database.MigrateAsync(CancellationToken.None);
        await PastFaxes.InsertAsync(database, finished, waiting);
        var backends = new InstantBackends();
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(database)
            .AddSingleton<IFaxBackends>(backends)
            .AddSingleton<IFaxPreparer>(backends)
            .AddJobs(new RetryOptions(), new QuietHoursOptions(), new LimitOptions())
            .BuildServiceProvider();
        backends.Ledger = services.GetRequiredService<AttemptLedger>();
        return new DispatchStore(services, backends);
    }

    /// <summary>Accepts faxes, each to a number of its own.</summary>
    public async Task AcceptAsync(int faxes)
    {
        var jobs = _services.GetRequiredService<IJobBook>();
        for (var i = 0; i < faxes; i++)
        {
            var to = new PhoneNumber($"+2{_accepted++}");
            await jobs.AcceptAsync(new NewFax { KeyId = "k", To = to, Document = "d", MediaType = "application/pdf" }, CancellationToken.None);
        }
    }

    /// <summary>Works until all accepted ones have arrived.</summary>
    public async Task DispatchAsync()
    {
        var pump = _services.GetRequiredService<DispatchPump>();
        while (_backends.Sent < _accepted)
        {
            await pump.RoundAsync(begins: true, CancellationToken.None);
            await pump.SettleAsync();
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
