using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Manifests;
using Faxbot.Server.Jobs;
using Faxbot.Server.Storage;
using Faxbot.Server.Tests.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Faxbot.Server.Tests.Jobs;

/// <summary>A gateway dies before each of its steps in turn, and another takes over: nothing is lost, nothing is sent twice, what is unknown is named.</summary>
public abstract class CrashContract(StoreUnderTest store)
{
    private const int Faxes = 2;
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>How many cuts are left out between two.</summary>
    protected abstract int Stride { get; }

    [Fact]
    public async Task A_provider_that_can_be_asked_gets_each_fax_exactly_once()
    {
        var cuts = await CutEverywhereAsync(provider => provider.Cloud(lookup: true), (provider, fax) =>
        {
            Assert.Equal(JobState.Success, fax.State);
            Assert.Equal(1, provider.Calls(fax.To.Value));
        });
        Assert.True(cuts > 10, $"Only {cuts} cuts.");
    }

    [Fact]
    public async Task A_provider_that_cannot_be_asked_gets_each_fax_at_most_once_and_doubt_is_named() =>
        await CutEverywhereAsync(provider => provider.Cloud(lookup: false), (provider, fax) =>
        {
            Assert.True(fax.State is JobState.Success or JobState.Unknown, $"{fax.State}");
            Assert.True(provider.Calls(fax.To.Value) <= 1);
            if (fax.State == JobState.Success) Assert.Equal(1, provider.Calls(fax.To.Value));
        });

    [Fact]
    public async Task A_line_of_the_gateways_own_dials_each_fax_at_most_once_and_again_only_when_it_had_not_dialled() =>
        await CutEverywhereAsync(provider => provider.Line(), (provider, fax) =>
        {
            Assert.True(fax.State is JobState.Success or JobState.Unknown, $"{fax.State}");
            Assert.True(provider.Calls(fax.To.Value) <= 1);
            if (fax.State == JobState.Success) Assert.Equal(1, provider.Calls(fax.To.Value));
            Assert.True(fax.Dials <= 1);
        });

    private async Task<int> CutEverywhereAsync(Func<CrashProvider, Func<CutTime, GatewayUnderTest>> script, Action<CrashProvider, FaxJob> verify)
    {
        for (var cut = 1; ; cut += Stride)
        {
            await using var database = await store.OpenEmptyAsync();
            var provider = new CrashProvider(database);
            var create = script(provider);
            var ids = new List<string>();
            var rows = new GatewayRows(database, new FakeTimeProvider(Start), "unused");
            for (var i = 0; i < Faxes; i++) ids.Add((await rows.AcceptAsync($"+{i}")).Id);

            var time = new CutTime(Start);
            using (var first = create(time))
            {
                time.CutAfter(cut);
                await LiveAsync(first, time, rows, ids);
            }

            // The next life begins when the leases of the first are over, wherever it died.
            var later = new CutTime(Start.AddMinutes(30));
            using var second = create(later);
            await LiveAsync(second, later, rows, ids);

            foreach (var id in ids) verify(provider, await rows.FindAsync(id));
            if (!time.IsCut) return cut;
        }
    }

    private static async Task LiveAsync(GatewayUnderTest gateway, CutTime time, GatewayRows rows, List<string> ids)
    {
        for (var i = 0; i < 40 && !time.IsCut; i++)
        {
            try
            {
                await gateway.RunAsync();
            }
            catch (GatewayCutException)
            {
                break;
            }

            var faxes = await Task.WhenAll(ids.Select(rows.FindAsync));
            if (faxes.All(fax => JobLife.IsFinal(fax.State) || fax.State == JobState.Unknown)) break;
            time.Advance(TimeSpan.FromSeconds(61));
        }

        await gateway.Pump.SettleAsync();
    }

    /// <summary>The world outside, which outlives gateways.</summary>
    private sealed class CrashProvider(Database database)
    {
        private readonly Dictionary<string, List<string>> _calls = [];

        public int Calls(string number)
        {
            lock (_calls) return _calls.GetValueOrDefault(number)?.Count ?? 0;
        }

        public Func<CutTime, GatewayUnderTest> Cloud(bool lookup) => time =>
        {
            var backend = new ScriptedBackend("cloud");
            backend.Manifest = backend.Manifest with { AllowedHosts = ["api.example.com"], Traits = new PluginTraits { LookupByReference = lookup } };
            backend.OnSend = fax =>
            {
                time.Step();
                Call(fax);
                time.Step();
                return Task.FromResult(new SendResult(fax.AttemptId, "cloud"));
            };
            backend.OnStatus = reference =>
            {
                time.Step();
                return Task.FromResult(Has(reference.AttemptId)
                    ? new FaxStatus { State = FaxState.Success, Outcome = Outcomes.Success() }
                    : new FaxStatus { State = FaxState.NeverSent });
            };
            return new GatewayUnderTest(database, time, new ScriptedBackends(backend));
        };

        // The far end tells each page and the end; a line that died can tell nothing.
        public Func<CutTime, GatewayUnderTest> Line() => time =>
        {
            var backend = new ScriptedBackend("line");
            var gateway = new GatewayUnderTest(database, time, new ScriptedBackends(backend));
            var lost = new FaxRejectedException(GatewayOutcomes.Local("No permit."));
            backend.OnSend = async fax =>
            {
                if (await gateway.Ledger.DialAsync(fax.AttemptId, Cancel) != DialPermit.Granted) throw lost;
                time.Step();
                Call(fax);
                for (var page = 0; page < 3; page++) await gateway.Ledger.PageAsync(fax.AttemptId, page, PageState.Confirmed, null, Cancel);
                await gateway.Ledger.EndAsync(fax.AttemptId, Outcomes.Success(), null, Cancel);
                time.Step();
                return new SendResult(fax.AttemptId, "line");
            };
            backend.OnStatus = _ => Task.FromResult(new FaxStatus { State = FaxState.Unknown });
            return gateway;
        };

        private void Call(FaxRequest fax)
        {
            lock (_calls)
            {
                if (!_calls.TryGetValue(fax.To.Value, out var calls)) _calls[fax.To.Value] = calls = [];
                calls.Add(fax.AttemptId);
            }
        }

        private bool Has(string attemptId)
        {
            lock (_calls) return _calls.Values.Any(calls => calls.Contains(attemptId));
        }
    }
}
