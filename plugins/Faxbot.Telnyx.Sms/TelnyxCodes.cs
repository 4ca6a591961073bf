using System.Collections.Frozen;
using Faxbot.Sdk.Http;
using Faxbot.Sdk.Outcomes;

namespace Faxbot.Telnyx.Sms;

/// <summary>Telnyx' codes of errors of messages, by its own reference of them.</summary>
internal static class TelnyxCodes
{
    public static FrozenDictionary<string, ProviderCode> All { get; } = new Dictionary<string, ProviderCode>
    {
        ["40001"] = new(OutcomeClass.Dead, OutcomeParty.Number, "The number cannot be routed to: it may be a landline."),
        ["40002"] = Filtered,
        ["40003"] = Filtered,
        ["40004"] = new(OutcomeClass.Refused, OutcomeParty.Trunk, "The carrier rejected the message."),
        ["40005"] = Expired,
        ["40006"] = new(OutcomeClass.NoAnswer, OutcomeParty.Number, "The recipient's server or handset is unavailable."),
        ["40008"] = new(OutcomeClass.Unknown, OutcomeParty.Trunk, "The message could not be delivered, and the carrier does not say why."),
        ["40010"] = new(OutcomeClass.Rejected, OutcomeParty.Policy, "The sender is not registered for 10DLC: register a campaign for it."),
        ["40011"] = new(OutcomeClass.Congestion, OutcomeParty.Trunk, "The carrier wants fewer messages from this number."),
        ["40012"] = new(OutcomeClass.Dead, OutcomeParty.Number, "The number that the message goes to is not valid."),
        ["40013"] = new(OutcomeClass.Rejected, OutcomeParty.Local, "The number that the message comes from is not valid."),
        ["40014"] = Expired,
        ["40015"] = Filtered,
        ["40300"] = ProviderCode.OptedOut,
        ["40302"] = new(OutcomeClass.Rejected, OutcomeParty.Document, "The message is too long."),
        ["40305"] = new(OutcomeClass.Rejected, OutcomeParty.Local, "Telnyx does not take this sender: it must be a number of the messaging profile."),
        ["40310"] = new(OutcomeClass.Dead, OutcomeParty.Number, "Telnyx does not take the number that the message goes to."),
        ["40312"] = new(OutcomeClass.Rejected, OutcomeParty.Local, "The messaging profile is disabled: enable it in the portal."),
        ["40318"] = new(OutcomeClass.Congestion, OutcomeParty.Trunk, "The queue at Telnyx is full."),
        ["40329"] = new(OutcomeClass.Rejected, OutcomeParty.Policy, "The toll-free number is not verified for messages."),
        ["40333"] = new(OutcomeClass.Rejected, OutcomeParty.Policy, "The messaging profile's daily spend limit is reached."),
    }.ToFrozenDictionary();

    private static ProviderCode Filtered => new(OutcomeClass.Refused, OutcomeParty.Trunk, "The message was blocked as unwanted.");

    private static ProviderCode Expired => new(OutcomeClass.NoAnswer, OutcomeParty.Trunk, "The message expired before it could be delivered.");
}
