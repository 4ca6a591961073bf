using System.Collections.Concurrent;
using Faxbot.Imaging.Pages;
using Faxbot.Lines;
using Faxbot.Sdk.Accounts;
using Faxbot.Sdk.Outcomes;
using Faxbot.Server.Configuration;
using Faxbot.Server.Lines.Asterisk;
using Faxbot.Server.Lines.Media;

namespace Faxbot.Server.Lines;

/// <summary>The calls of attempts that are under way, each followed to its end whatever becomes of the plugin that asked for it. Thread-safe.</summary>
internal sealed partial class FollowedCalls(CallFollower follower, AsteriskHub asterisk, SipOptions options, TimeProvider time, ILogger<FollowedCalls> logger) : IDisposable
{
    private readonly ConcurrentDictionary<string, Entry> _calls = new();
    private readonly CancellationTokenSource _leaving = new();

    /// <summary>Whether the attempt's call is under way.</summary>
    public bool Has(string attemptId) => _calls.ContainsKey(attemptId);

    /// <summary>Follows a call of our own line.</summary>
    public void Follow(string attemptId, FaxCall call, IFaxDocument document, MediaLesson lesson, Func<TimeSpan, Money?> costOf) =>
        Track(attemptId, call, goesOn: false, document, () => follower.FollowAsync(attemptId, call, lesson, costOf, CancellationToken.None));

    /// <summary>Follows a call that an Asterisk has; of one that an earlier run placed, document, lesson and cost are not known any more.</summary>
    public void FollowInAsterisk(string attemptId, FaxCall call, IFaxDocument? document = null, MediaLesson? lesson = null, Func<TimeSpan, Money?>? costOf = null) =>
        Track(attemptId, call, goesOn: true, document, () => FollowInAsteriskAsync(attemptId, call, lesson, costOf ?? (_ => null)));

    /// <summary>Ends the call of an attempt in order; false when there is none.</summary>
    public bool Cancel(string attemptId)
    {
        if (!_calls.TryGetValue(attemptId, out var entry)) return false;
        entry.Call.Cancel();
        return true;
    }

    /// <summary>
    /// Waits for the calls under way, up to the configured time, then ends them in order, and returns when it is on the disk what became of them. Those in
    /// an Asterisk go on there, and the next run finds them.
    /// </summary>
    /// <param name="cancel">Leaves what is not on the disk yet to the next run.</param>
    public async Task StopAsync(CancellationToken cancel)
    {
        await _leaving.CancelAsync();
        var all = Task.WhenAll(_calls.Values.Select(entry => entry.Following));
        await all.WaitAsync(options.StopPatience, time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var entry in _calls.Values.Where(entry => !entry.GoesOn)) entry.Call.Cancel();
        await all.WaitAsync(cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _leaving.Dispose();

    private void Track(string attemptId, FaxCall call, bool goesOn, IFaxDocument? document, Func<Task> follow)
    {
        // It may be over before it is in the table: it takes itself out behind this.
        var begin = new TaskCompletionSource();
        _calls[attemptId] = new Entry(call, goesOn, FollowAsync());
        begin.SetResult();

        async Task FollowAsync()
        {
            await begin.Task;
            try
            {
                await follow();
            }
            catch (Exception broken)
            {
                // Its attempt stays open; whoever settles it finds no call and asks what became of it.
                FollowingBroke(logger, broken, attemptId);
            }
            finally
            {
                document?.Dispose();
                _calls.TryRemove(attemptId, out _);
            }
        }
    }

    private async Task FollowInAsteriskAsync(string attemptId, FaxCall call, MediaLesson? lesson, Func<TimeSpan, Money?> costOf)
    {
        try
        {
            await follower.FollowAsync(attemptId, call, lesson, costOf, _leaving.Token);
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // The gateway ends and the call does not: its attempt stays open for the next run.
            return;
        }

        // The outcome is on our own disk now. While it is not known, Asterisk's record may still tell it.
        if ((await call.Completion).Class != OutcomeClass.Unknown) await asterisk.ForgetAsync(attemptId);
    }

    [LoggerMessage(1411, LogLevel.Error, "The call of attempt {Attempt} cannot be followed any more")]
    private static partial void FollowingBroke(ILogger logger, Exception why, string attempt);

    /// <summary>A call under way.</summary>
    /// <param name="Call">The call.</param>
    /// <param name="GoesOn">Whether it goes on when this gateway ends.</param>
    /// <param name="Following">Completes when what became of it is on the disk, or the gateway left it alone; does not fault.</param>
    private readonly record struct Entry(FaxCall Call, bool GoesOn, Task Following);
}
