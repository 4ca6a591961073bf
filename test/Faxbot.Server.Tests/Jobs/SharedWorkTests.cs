using System.Collections.Concurrent;
using Faxbot.Sdk.Faxes;
using Faxbot.Server.Jobs;
using Faxbot.Server.Plugins;
using Faxbot.Server.Tests.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Faxbot.Server.Tests.Jobs;

public sealed class SharedWorkTests(PostgresUnderTest store) : IClassFixture<PostgresUnderTest>
{
    private const int Faxes = 500;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_gateways_on_one_PostgreSQL_send_each_of_five_hundred_faxes_once()
    {
        var first = await store.OpenEmptyAsync();
        var second = await store.OpenAsync();
        var rows = new GatewayRows(first, new FakeTimeProvider(TimeProvider.System.GetUtcNow()), "unused");
        for (var i = 0; i < Faxes; i++) await rows.AcceptAsync($"+1555{i % 450}");
        var calls = new ConcurrentQueue<string>();
        var done = new SemaphoreSlim(0);
        using var one = Gateway(first);
        using var other = Gateway(second);

        await Task.WhenAll(one.Host.StartAsync(Cancel), other.Host.StartAsync(Cancel));
        for (var i = 0; i < Faxes; i++) Assert.True(await done.WaitAsync(TimeSpan.FromMinutes(2), Cancel), $"Only {i} arrived.");
        await Task.WhenAll(one.Host.StopAsync(Cancel), other.Host.StopAsync(Cancel));

        Assert.Equal(Faxes, calls.Count);
        Assert.Equal(Faxes, calls.Distinct().Count());
        Assert.Equal(Faxes, (await rows.Jobs.ListAsync(new JobQuery { States = [JobState.Success] }, Cancel)).Total);
        Assert.All(new[] { one, other }, gateway => Assert.NotEmpty(gateway.Backend.Sent));

        Life Gateway(Server.Storage.Database database)
        {
            var backend = new ScriptedBackend("line") { Limits = new BackendLimits(40, null) };
            var gateway = new GatewayUnderTest(database, TimeProvider.System, new ScriptedBackends(backend));
            backend.OnSend = async fax =>
            {
                Assert.Equal(DialPermit.Granted, await gateway.Ledger.DialAsync(fax.AttemptId, Cancel));
                calls.Enqueue(fax.JobId);
                if (await gateway.Ledger.EndAsync(fax.AttemptId, Outcomes.Success(), null, Cancel)) done.Release();
                return new SendResult(fax.AttemptId, "line");
            };
            return new Life(gateway, backend, gateway.Dispatcher());
        }
    }

    [Fact]
    public async Task A_gateway_that_stops_gives_back_what_it_did_not_submit_and_lets_calls_end()
    {
        var database = await store.OpenEmptyAsync();
        var rows = new GatewayRows(database, new FakeTimeProvider(TimeProvider.System.GetUtcNow()), "unused");
        var backend = new ScriptedBackend("line");
        using var gateway = new GatewayUnderTest(database, TimeProvider.System, new ScriptedBackends(backend));
        using var host = gateway.Dispatcher();
        var drawing = new TaskCompletionSource();
        var calling = new TaskCompletionSource();
        gateway.Preparer.OnPrepare = async (job, cancel) =>
        {
            if (job.To.Value == "+1")
            {
                drawing.SetResult();
                await Task.Delay(Timeout.Infinite, cancel);
            }

            return new PreparedFax(new("d", "image/tiff", 3), 3);
        };
        backend.OnSend = fax =>
        {
            calling.SetResult();
            return Task.FromResult(new SendResult(fax.AttemptId, "line"));
        };
        var slow = await rows.AcceptAsync("+1");
        var called = await rows.AcceptAsync("+2");
        await host.StartAsync(Cancel);
        await Task.WhenAll(drawing.Task, calling.Task).WaitAsync(TimeSpan.FromMinutes(1), Cancel);

        var stopped = host.StopAsync(Cancel);
        Assert.False(stopped.IsCompleted);
        await gateway.Ledger.EndAsync(backend.Sent.Single().AttemptId, Outcomes.Success(), null, Cancel);
        await stopped;

        Assert.Equal((JobState.Queued, JobState.Success), ((await rows.FindAsync(slow.Id)).State, (await rows.FindAsync(called.Id)).State));
    }

    private sealed record Life(GatewayUnderTest Gateway, ScriptedBackend Backend, Dispatcher Host) : IDisposable
    {
        public void Dispose()
        {
            Host.Dispose();
            Gateway.Dispose();
        }
    }
}
