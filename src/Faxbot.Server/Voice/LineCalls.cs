using System.Collections.Concurrent;
using System.Data.Common;
using Faxbot.Lines;
using Faxbot.Lines.Recordings;
using Faxbot.Sdk.Calls;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Trunks;
using Faxbot.Server.Configuration;
using Faxbot.Server.Content;
using Faxbot.Server.Lines;
using Faxbot.Server.Outbox;

namespace Faxbot.Server.Voice;

/// <summary>
/// The voice calls that the gateway's own lines place for plugins: each attempt's once, and followed to its end whatever becomes of the plugin. Thread-safe.
/// </summary>
internal sealed partial class LineCalls(
    LineHub lines, OutboxStore outbox, OutboxLedger ledger, ContentStore contents, SipOptions options, TimeProvider time, ILogger<LineCalls> logger) : ILineCalls, IHostedService
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(string PluginId, string AttemptId), CallUnderWay> _calls = new();

    public async Task PlaceAsync(string pluginId, TrunkProfile trunk, CallRequest call, CancellationToken cancel)
    {
        if (await outbox.FindAsync(CallKind.Call, call.JobId, null, cancel) is not { Document: { } document } item || item.To != call.To || call.Recording.Id != item.Id
            || !(await outbox.AttemptsAsync(item.Id, cancel)).Any(attempt => attempt.Id == call.AttemptId && attempt.PluginId == pluginId && attempt.EndedAt is null))
        {
            throw new FaxRejectedException("There is no such call under way.");
        }

        var recording = await ReadAsync(document, cancel);
        var entry = new CallUnderWay();
        if (!_calls.TryAdd((pluginId, call.AttemptId), entry)) throw new FaxRejectedException("A call was placed for this attempt already.");
        entry.Call = lines.Originate(new OutboundVoice
        {
            Trunk = trunk,
            Holder = pluginId,
            To = call.To.Value,
            From = call.From?.Value,
            Recording = recording,
            Reference = call.AttemptId,
        });
        entry.Followed = FollowAsync(pluginId, call.AttemptId, entry);
    }

    // A call of an earlier run is in nobody's hands any more, and what became of it cannot be told.
    public CallStatus Status(string pluginId, string attemptId) =>
        _calls.TryGetValue((pluginId, attemptId), out var entry) ? new CallStatus { State = entry.State } : new CallStatus { State = CallState.Unknown };

    public bool Cancel(string pluginId, string attemptId)
    {
        if (!_calls.TryGetValue((pluginId, attemptId), out var entry) || entry.Call is not { } call) return false;
        call.Cancel();
        return true;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Waits for the calls under way, up to the configured time, then ends them in order.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Task all = Task.WhenAll(_calls.Values.Select(entry => entry.Followed));
        await all.WaitAsync(options.StopPatience, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var entry in _calls.Values) entry.Call?.Cancel();
        await all.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<Recording> ReadAsync(string document, CancellationToken cancel)
    {
        await using var content = await contents.OpenAsync(document, cancel);
        using var octets = new MemoryStream();
        await content.CopyToAsync(octets, cancel);
        return WavFile.TryRead(octets.GetBuffer().AsSpan(0, (int)octets.Length), out var recording) is var error and not WavError.None
            ? throw new FaxRejectedException(error.Explain())
            : recording!;
    }

    private async Task FollowAsync(string pluginId, string attemptId, CallUnderWay entry)
    {
        await foreach (var happened in entry.Call!.Events)
        {
            if (happened.Event is not LineEvent.Answered) continue;
            entry.State = CallState.Answered;
            await ReportAsync(pluginId, attemptId, new CallStatus { State = CallState.Answered });
        }

        await ReportAsync(pluginId, attemptId, new CallStatus { State = CallState.Ended, Outcome = await entry.Call.Completion });
        _calls.TryRemove((pluginId, attemptId), out _);
    }

    // While the database cannot be reached it waits and goes on: what was seen is not lost.
    private async Task ReportAsync(string pluginId, string attemptId, CallStatus status)
    {
        while (true)
        {
            try
            {
                await ledger.ReportAsync(pluginId, attemptId, attemptId, CallKind.ReportOf(status), CancellationToken.None);
                return;
            }
            catch (DbException gone)
            {
                DatabaseGone(logger, gone, attemptId);
                await Task.Delay(RetryAfter, time);
            }
        }
    }

    [LoggerMessage(1600, LogLevel.Warning, "What happened on the voice call of attempt {AttemptId} cannot be written yet; it is tried again")]
    private static partial void DatabaseGone(ILogger logger, Exception why, string attemptId);

    private sealed class CallUnderWay
    {
        public VoiceCall? Call { get; set; }

        public CallState State { get; set; } = CallState.Dialling;

        /// <summary>Completes when its end is on the disk.</summary>
        public Task Followed { get; set; } = Task.CompletedTask;
    }
}
