using Faxbot.Sdk.Numbers;
using Faxbot.Server.Jobs;
using Faxbot.Server.Plugins;
using Faxbot.Server.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Faxbot.Server.Tests.Jobs;

/// <summary>The stores of one gateway over a test's rows, in virtual time.</summary>
internal sealed class GatewayRows(Database database, FakeTimeProvider time, string gateway)
{
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    public string Gateway { get; } = gateway;

    public Database Database { get; } = database;

    public FakeTimeProvider Time { get; } = time;

    public JobSignal Signal { get; } = new();

    public RetryPolicy Retries { get; init; } = new();

    public AttemptLedger Ledger => new(Database, Signal, Time, Retries, NullLogger<AttemptLedger>.Instance);

    public JobStore Jobs => new(Database, Signal, Time, NullLogger<JobStore>.Instance);

    public JobQueue Queue => new(Database, Signal, Time, NullLogger<JobQueue>.Instance);

    public async Task<FaxJob> AcceptAsync(string to, Func<NewFax, NewFax>? change = null)
    {
        var fax = new NewFax { KeyId = "k1", To = new PhoneNumber(to), Document = "sha", MediaType = "application/pdf" };
        return (await Jobs.AcceptAsync(change?.Invoke(fax) ?? fax, CancellationToken.None)).Job;
    }

    /// <summary>Accepts a fax of so many pages, claims it and begins an attempt.</summary>
    public async Task<FaxAttempt> BeginAsync(string to, int pages = 3, bool onlyLine = true, string plugin = "p")
    {
        await AcceptAsync(to);
        return await BeginNextAsync(pages, onlyLine, plugin);
    }

    /// <summary>Claims the one fax that is due and begins an attempt.</summary>
    public async Task<FaxAttempt> BeginNextAsync(int pages = 3, bool onlyLine = true, string plugin = "p")
    {
        var claimed = Assert.Single(await ClaimAsync());
        return (await Ledger.BeginAsync(claimed.Lease, new PluginPin(plugin, "1.0.0", 1), onlyLine, claimed.Job.Plan.FirstPage, pages, CancellationToken.None))!;
    }

    public Task<IReadOnlyList<ClaimedFax>> ClaimAsync(int max = 10) => Queue.ClaimAsync(Gateway, Lease, max, CancellationToken.None);

    public async Task<FaxJob> FindAsync(string id) => (await Jobs.FindAsync(id, null, CancellationToken.None))!;
}
