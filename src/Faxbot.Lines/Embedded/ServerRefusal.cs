using Faxbot.Sdk.Outcomes;
using Faxbot.Sip.Transports;

namespace Faxbot.Lines.Embedded;

/// <summary>A server of the trunk that did not take the call, and what that alone would mean.</summary>
internal sealed record ServerRefusal(SipHop Hop, FaxOutcome Outcome)
{
    /// <summary>What it means that none of them took it: what the last one means, with a word of each.</summary>
    public static FaxOutcome Combine(IReadOnlyList<ServerRefusal> all)
    {
        var last = all[^1].Outcome;
        return all.Count == 1 ? last : last with
        {
            Sentence = $"None of {all.Count} servers of the trunk took the call. {string.Join(' ', all.Select(refusal => $"{refusal.Hop}: {refusal.Outcome.Sentence}"))}",
        };
    }
}
