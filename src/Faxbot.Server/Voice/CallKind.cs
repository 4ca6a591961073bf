using System.Collections.Frozen;
using System.Data.Common;
using Faxbot.Sdk.Calls;
using Faxbot.Sdk.Context;
using Faxbot.Sdk.Outcomes;
using Faxbot.Server.Keys;
using Faxbot.Server.OptOuts;
using Faxbot.Server.Outbox;
using Faxbot.Server.Plugins;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Voice;

/// <summary>Voice calls as a kind of the outbox: carried by plugins of category <c>voice</c>.</summary>
internal sealed class CallKind(Database database) : IOutboxKind
{
    public const string Call = "call", Voice = "voice";

    private const string WavType = "audio/wav";

    public string Word => Call;

    public string Category => Voice;

    public string ReadScope => Scopes.CallRead;

    // A call is over in minutes: who is asked about it is asked soon.
    public OutboxRules Rules { get; } = new()
    {
        Again = new Dictionary<OutcomeClass, (int, TimeSpan)>
        {
            [OutcomeClass.Busy] = (3, TimeSpan.FromMinutes(3)),
            [OutcomeClass.NoAnswer] = (3, TimeSpan.FromMinutes(10)),
        }.ToFrozenDictionary(),
        FirstLookUp = TimeSpan.FromSeconds(30),
        LongestLookUp = TimeSpan.FromMinutes(5),
        LongestWait = TimeSpan.FromHours(2),
    };

    public async Task<OutboxTaken> SubmitAsync(IPluginBackend plugin, OutboxItem item, OutboxAttempt attempt, CancellationToken cancel)
    {
        var request = new CallRequest { JobId = item.Id, AttemptId = attempt.Id, To = item.To, From = item.From, Recording = new DocumentHandle(item.Id, WavType) };
        var result = await plugin.CallAsync<CallResult>("place_call", new() { ["call"] = request }, cancel);
        return new OutboxTaken(result.ProviderId, EstimatedCost: result.EstimatedCost);
    }

    public async Task<OutboxReport> LookUpAsync(IPluginBackend plugin, OutboxAttempt attempt, CancellationToken cancel) =>
        ReportOf(await plugin.CallAsync<CallStatus>("get_call_status", new() { ["call"] = ReferenceTo(attempt) }, cancel));

    public Task<bool> CancelAsync(IPluginBackend plugin, OutboxAttempt attempt, CancellationToken cancel) =>
        plugin.CallAsync<bool>("cancel_call", new() { ["call"] = ReferenceTo(attempt) }, cancel);

    public async Task<IReadOnlyDictionary<string, OutboxOutcome>> RefuseAsync(DbTransaction transaction, IReadOnlyList<OutboxItem> items)
    {
        var listed = await OptOutBook.AmongAsync(transaction, database.Dialect, [.. items.Select(item => item.To.Value).Distinct()]);
        return items.Where(item => listed.Contains(item.To.Value)).ToDictionary(item => item.Id, _ => OptedOut);
    }

    /// <summary>A plugin's word on a call in the outbox's: who has answered is reached, and who has heard all has received.</summary>
    public static OutboxReport ReportOf(CallStatus status) => new()
    {
        Progress = status.State switch
        {
            CallState.Dialling => OutboxProgress.Accepted,
            CallState.Answered => OutboxProgress.Sent,
            CallState.Ended when status.Outcome is { } outcome => ProgressOf(outcome),
            CallState.NeverPlaced => OutboxProgress.NeverSent,
            _ => OutboxProgress.Unknown,
        },
        Outcome = status is { State: CallState.Ended, Outcome: { } ended } ? OutcomeOf(ended) : null,
        Cost = status.Cost,
    };

    private static OutboxOutcome OptedOut { get; } = OutboxOutcome.Forbidden("Nobody was called: the receiver has opted out.", "Call there no more until they opt in again, by START or in your presence.");

    private static CallReference ReferenceTo(OutboxAttempt attempt) => new() { JobId = attempt.ItemId, AttemptId = attempt.Id, ProviderId = attempt.ProviderId };

    private static OutboxProgress ProgressOf(CallOutcome outcome) => outcome.Class switch
    {
        OutcomeClass.Success => OutboxProgress.Delivered,
        OutcomeClass.Unknown => OutboxProgress.Unknown,
        _ => OutboxProgress.Undelivered,
    };

    // After the answer nothing is tried again by itself: whoever answered would hear it twice.
    private static OutboxOutcome OutcomeOf(CallOutcome outcome) => new()
    {
        Class = outcome is { Answered: true, Class: not OutcomeClass.Success } ? OutcomeClass.Partial : outcome.Class,
        Party = outcome.Party,
        Sentence = outcome.Answered == true ? FormattableString.Invariant($"{outcome.Sentence} {outcome.Played.TotalSeconds:0.0} of {outcome.Length.TotalSeconds:0.0} seconds were played.") : outcome.Sentence,
        Next = outcome.Next,
        SipStatus = outcome.SipStatus,
        ProviderCode = outcome.ProviderCode,
    };
}
