using System.Globalization;
using Faxbot.Lines.Embedded.Trunks;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Lines;

/// <summary>The last steps of the check of a trunk, over whatever line: a call that sends a test page, and which values nobody has confirmed.</summary>
/// <param name="originate">Places the call.</param>
/// <param name="trunk">The trunk.</param>
/// <param name="findings">What was found before; what is found is added.</param>
internal sealed class TrialCall(Func<OutboundFax, FaxCall> originate, TrunkProfile trunk, List<CheckFinding> findings)
{
    /// <summary>Tells which values of the profile nobody has confirmed.</summary>
    public static void LookAtEvidence(TrunkProfile trunk, List<CheckFinding> findings)
    {
        var open = trunk.Evidence.Where(entry => entry.Value.Confidence == TrunkConfidence.Unverified).Select(entry => entry.Key).Order(StringComparer.Ordinal).ToList();
        if (open.Count == 0) return;
        findings.Add(new CheckFinding(
            "evidence",
            CheckState.Warning,
            $"Nobody has confirmed what the profile says of {string.Join(", ", open)}.",
            "Compare it with what the provider told you; each can be set under trunk."));
    }

    /// <summary>Calls, unless a step before has failed.</summary>
    /// <param name="dial">The number that is called; null calls nobody.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task RunAsync(string? dial, CancellationToken cancel)
    {
        if (dial is null)
        {
            Add("call", CheckState.Skipped, "Nobody was called.", "Give the number of a fax machine of your own to see whether calls and T.38 get through.");
            return;
        }

        if (findings.Any(finding => finding.State == CheckState.Failed))
        {
            Add("call", CheckState.Skipped, "Nobody was called: the steps before it failed.");
            return;
        }

        using var page = new CheckPage();
        var call = originate(new OutboundFax { Trunk = trunk, To = dial, Document = page, Reference = $"check-{Guid.NewGuid():N}" });
        using var ending = cancel.Register(call.Cancel);
        LineEvent.SwitchedToT38? t38 = null;
        var wasAnswered = false;
        await foreach (var happened in call.Events)
        {
            wasAnswered |= happened.Event is LineEvent.Answered;
            if (happened.Event is LineEvent.SwitchedToT38 switched) t38 = switched;
        }

        Describe(await call.Completion, wasAnswered, t38);
    }

    private void Describe(FaxOutcome outcome, bool wasAnswered, LineEvent.SwitchedToT38? t38)
    {
        var isDelivered = outcome.Class == OutcomeClass.Success;
        if (!wasAnswered && !isDelivered)
        {
            Add("call", CheckState.Failed, outcome.ProviderCode is { } code ? $"{outcome.Sentence} ({code})" : outcome.Sentence, outcome.Next);
            return;
        }

        Add("call", CheckState.Ok, "The call was answered.");
        if (t38 is not null) Add("T.38", CheckState.Ok, $"{(t38.ByUs ? "We" : "The far end")} asked for T.38, version {t38.Version}, and got it; packets are protected by {t38.ErrorCorrection}.");
        else if (isDelivered && outcome.Medium == FaxMedium.Audio) Add("T.38", CheckState.Warning, "T.38 was not agreed on: the fax went over G.711.", "Ask the provider whether the trunk carries T.38.");
        else if (isDelivered) Add("T.38", CheckState.Ok, "T.38 was agreed on.");
        if (isDelivered) Add("fax", CheckState.Ok, $"The test page was confirmed, at {outcome.BitRate?.ToString(CultureInfo.InvariantCulture) ?? "an unknown number of"} bit/s.");
        else Add(t38 is null ? "T.38" : "fax", CheckState.Failed, outcome.Sentence, outcome.Next);
    }

    private void Add(string step, CheckState state, string sentence, string? next = null) => findings.Add(new CheckFinding(step, state, sentence, string.IsNullOrEmpty(next) ? null : next));
}
