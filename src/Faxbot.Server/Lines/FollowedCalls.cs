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
internal sealed class FollowedCalls(CallFollower follower, AsteriskHub asterisk, SipOptions options, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<string, Entry> _calls = new();
    private readonly CancellationTokenSource _leaving = new();

    /// <summary>Whether the attempt's call is under way.</summary>
    public bool Has(string attemptId) => _calls.ContainsKey(attemptId);

    /// <summary>Follows a call of our own line.</summary>
    public void Follow(string attemptId, FaxCall call, IFaxDocument document, MediaLesson lesson, Func<TimeSpan, Money?> costOf)
    {
        _calls[attemptId] = new Entry(call, GoesOn: false);
        _ = FollowAsync(attemptId, call, document, lesson, costOf);
    }

    /// <summary>Follows a call that an Asterisk has; of one that an earlier run placed, document, lesson and cost are not known any more.</summary>
    public void FollowInAsterisk(string attemptId, FaxCall call, IFaxDocument? document = null, MediaLesson? lesson = null, Func<TimeSpan, Money?>? costOf = null)
    {
        _calls[attemptId] = new Entry(call, GoesOn: true);
        _ = FollowInAsteriskAsync(attemptId, call, document, lesson, costOf ?? (_ => null));
    }

    /// <summary>Ends the call of an attempt in order; false when there is none.</summary>
    public bool Cancel(string attemptId)
    {
        if (!_calls.TryGetValue(attemptId, out var entry)) return false;
        entry.Call.Cancel();
        return true;
    }

    /// <summary>
    /// Waits for the calls under way, up to the configured time, then ends them in order. Those in an Asterisk go on there, and the next run finds them.
    /// </summary>
    public async Task StopAsync()
    {
        await _leaving.CancelAsync();
        var ours = _calls.Values.Where(entry => !entry.GoesOn).Select(entry => entry.Call).ToArray();
        Task all = Task.WhenAll(ours.Select(call => call.Completion));
        await all.WaitAsync(options.StopPatience, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var call in ours) call.Cancel();
        await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _leaving.Dispose();

    private async Task FollowAsync(string attemptId, FaxCall call, IFaxDocument document, MediaLesson lesson, Func<TimeSpan, Money?> costOf)
    {
        try
        {
            await follower.FollowAsync(attemptId, call, lesson, costOf, CancellationToken.None);
        }
        finally
        {
            document.Dispose();
            _calls.TryRemove(attemptId, out _);
        }
    }

    private async Task FollowInAsteriskAsync(string attemptId, FaxCall call, IFaxDocument? document, MediaLesson? lesson, Func<TimeSpan, Money?> costOf)
    {
        try
        {
            await follower.FollowAsync(attemptId, call, lesson, costOf, _leaving.Token);
            // The outcome is on our own disk now. While it is not known, Asterisk's record may still tell it.
            if ((await call.Completion).Class != OutcomeClass.Unknown) await asterisk.ForgetAsync(attemptId);
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // The gateway ends and the call does not: its attempt stays open for the next run.
        }
        finally
        {
            document?.Dispose();
            _calls.TryRemove(attemptId, out _);
        }
    }

    /// <summary>A call under way.</summary>
    /// <param name="Call">The call.</param>
    /// <param name="GoesOn">Whether it goes on when this gateway ends.</param>
    private readonly record struct Entry(FaxCall Call, bool GoesOn);
}
