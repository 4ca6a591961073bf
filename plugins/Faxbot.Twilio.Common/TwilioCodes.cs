using System.Collections.Frozen;
using Faxbot.Sdk.Http;
using Faxbot.Sdk.Outcomes;

namespace Faxbot.Twilio.Common;

/// <summary>What Twilio's codes of errors mean, as far as retry rules and people need it.</summary>
public static class TwilioCodes
{
    /// <summary>All that are known.</summary>
    public static FrozenDictionary<string, ProviderCode> All { get; } = new Dictionary<string, ProviderCode>
    {
        ["21211"] = new(OutcomeClass.Dead, OutcomeParty.Number, "Twilio says that the number cannot be one."),
        ["21610"] = ProviderCode.OptedOut,
        ["21635"] = new(OutcomeClass.Rejected, OutcomeParty.Number, "The number is a landline, which takes no messages."),
        ["30003"] = new(OutcomeClass.NoAnswer, OutcomeParty.Number, "The handset could not be reached: it may be switched off."),
        ["30005"] = new(OutcomeClass.Dead, OutcomeParty.Number, "The handset is unknown: the number may no longer exist."),
        ["30006"] = new(OutcomeClass.Dead, OutcomeParty.Number, "The number is a landline, or its carrier cannot be reached."),
        ["30007"] = new(OutcomeClass.Refused, OutcomeParty.Trunk, "The message was filtered as unwanted by Twilio or the carrier."),
        ["30008"] = new(OutcomeClass.Unknown, OutcomeParty.Trunk, "The carrier did not deliver it and does not say why."),
    }.ToFrozenDictionary();
}
