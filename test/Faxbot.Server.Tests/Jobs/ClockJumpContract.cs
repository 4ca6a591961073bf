using Faxbot.Sdk.Faxes;
using Faxbot.Server.Jobs;
using Faxbot.Server.Storage;
using Faxbot.Server.Tests.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Faxbot.Server.Tests.Jobs;

/// <summary>The machine's clock is set while faxes wait or are under way: nothing is sent twice, nothing is stuck, alike on each kind of store.</summary>
public abstract class ClockJumpContract(StoreUnderTest store) : IAsyncLifetime
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Days = TimeSpan.FromDays(3);
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly ScriptedBackend _backend = new("a");
    private Database _database = null!;
    private GatewayRows _rows = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await store.OpenEmptyAsync();
        _rows = new GatewayRows(_database, _time, "unused");
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_fax_that_was_accepted_before_the_clock_went_back_is_sent_at_once()
    {
        using var gateway = Gateway();
        var fax = await _rows.AcceptAsync("+1");
        Jump(-Hour);

        await gateway.RunAsync();

        Assert.Equal(JobState.InProgress, (await _rows.FindAsync(fax.Id)).State);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task What_is_under_way_while_the_clock_jumps_is_not_sent_again(int direction)
    {
        using var gateway = Gateway();
        _backend.OnStatus = _ => Task.FromResult(new FaxStatus { State = FaxState.InProgress });
        var fax = await _rows.AcceptAsync("+1");
        await gateway.RunAsync();
        Jump(Hour * direction);
        await gateway.RunAsync();
        await gateway.Ledger.EndAsync((await AttemptAsync(gateway, fax.Id)).Id, Outcomes.Success(), null, CancellationToken.None);
        await gateway.RunAsync();

        Assert.Equal(JobState.Success, (await _rows.FindAsync(fax.Id)).State);
        Assert.Single(_backend.Sent);
    }

    [Fact]
    public async Task A_call_that_seemed_to_last_for_days_still_tells_its_end()
    {
        using var gateway = Gateway();
        _backend.OnStatus = _ => Task.FromResult(new FaxStatus { State = FaxState.InProgress });
        var fax = await _rows.AcceptAsync("+1");
        await gateway.RunAsync();
        Jump(Days);
        await gateway.RunAsync();
        Assert.Equal(JobState.Unknown, (await _rows.FindAsync(fax.Id)).State);

        await gateway.Ledger.EndAsync((await AttemptAsync(gateway, fax.Id)).Id, Outcomes.Success(), null, CancellationToken.None);

        Assert.Equal(JobState.Success, (await _rows.FindAsync(fax.Id)).State);
        Assert.Single(_backend.Sent);
    }

    [Fact]
    public async Task A_second_life_after_the_clock_went_back_takes_over_what_the_first_had()
    {
        var fax = await _rows.AcceptAsync("+1");
        using (var first = Gateway())
        {
            _backend.OnSend = async request =>
            {
                await first.Ledger.DialAsync(request.AttemptId, CancellationToken.None);
                return new SendResult("call", "a");
            };
            await first.RunAsync();
        }

        Jump(-Hour);
        using var second = Gateway();
        _backend.OnStatus = _ => Task.FromResult(new FaxStatus { State = FaxState.Success, Outcome = Outcomes.Success() });

        await second.RunAsync();
        if (_database.IsShared)
        {
            // Its lease ends by the clock that all of them go by.
            _time.Advance(Hour + second.Options.Lease);
            await second.RunAsync();
        }

        Assert.Equal(JobState.Success, (await _rows.FindAsync(fax.Id)).State);
        Assert.Single(_backend.Sent);
    }

    // As a person or a time server sets it: nothing that waits for a span is woken by it.
    private void Jump(TimeSpan span) => _time.AdjustTime(_time.GetUtcNow() + span);

    private static async Task<FaxAttempt> AttemptAsync(GatewayUnderTest gateway, string faxId) =>
        Assert.Single(await gateway.Jobs.AttemptsAsync(faxId, TestContext.Current.CancellationToken));

    private GatewayUnderTest Gateway() => new(_database, _time, new ScriptedBackends(_backend));
}
