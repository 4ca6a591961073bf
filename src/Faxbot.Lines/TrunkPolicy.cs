using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Lines;

/// <summary>What a trunk lets be called. What it does not is never dialled.</summary>
internal static class TrunkPolicy
{
    /// <summary>Why the fax may not be dialled; null when it may.</summary>
    /// <param name="fax">The fax and its trunk.</param>
    /// <param name="sendsAudio">Whether the line can send a fax as audio.</param>
    public static FaxOutcome? Refusal(OutboundFax fax, bool sendsAudio) => Refusal(fax.Trunk, fax.To, fax.From) ?? fax.Trunk.T38.SupportFor(fax.To) switch
    {
        T38Support.No => Refused(OutcomeParty.Trunk, "The trunk carries no faxes.", "Choose another trunk."),
        T38Support.AudioOnly when !sendsAudio => Refused(OutcomeParty.Trunk, "The trunk carries faxes as audio alone, which this line does not send.", "Choose a trunk with T.38, or an Asterisk as its line."),
        _ => null,
    };

    /// <summary>Why the number may not be reached over the trunk, or not by that caller; null when it may.</summary>
    public static FaxOutcome? Refusal(TrunkProfile trunk, string to, string? from)
    {
        if (!trunk.Destinations.Allow(to))
            return Refused(OutcomeParty.Policy, "The trunk's profile does not let this number be called.", "Choose another trunk for it, or change destinations in the profile.");
        if (trunk.Caller.NumberFor(from) is { } caller && !trunk.Caller.Allow(caller))
            return Refused(OutcomeParty.Policy, "The trunk does not let this caller number call.", "Give a number of the account as caller, or add it to caller.allowed in the profile.");
        return null;
    }

    private static FaxOutcome Refused(OutcomeParty party, string sentence, string next) => new()
    {
        Class = OutcomeClass.Rejected,
        Phase = OutcomePhase.Dial,
        Party = party,
        Sentence = sentence,
        Next = next,
    };
}
