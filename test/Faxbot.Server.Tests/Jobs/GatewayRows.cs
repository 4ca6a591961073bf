using Faxbot.Sdk.Numbers;
using Faxbot.Server.Jobs;
using Faxbot.Server.Storage;
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

    public JobStore Jobs => new(Database, Signal, Time);

    public JobQueue Queue => new(Database, Signal, Time);

    public async Task<FaxJob> AcceptAsync(string to, Func<NewFax, NewFax>? change = null)
    {
        var fax = new NewFax { KeyId = "k1", To = new PhoneNumber(to), Document = "sha", MediaType = "application/pdf" };
        return (await Jobs.AcceptAsync(change?.Invoke(fax) ?? fax, CancellationToken.None)).Job;
    }

    public Task<IReadOnlyList<ClaimedFax>> ClaimAsync(int max = 10) => Queue.ClaimAsync(Gateway, Lease, max, CancellationToken.None);

    public async Task<FaxJob> FindAsync(string id) => (await Jobs.FindAsync(id, null, CancellationToken.None))!;
}
