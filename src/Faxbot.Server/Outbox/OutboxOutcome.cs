using Faxbot.Sdk.Outcomes;

namespace Faxbot.Server.Outbox;

/// <summary>The record with which every attempt ends. It claims no more than was seen.</summary>
internal sealed record OutboxOutcome
{
    /// <summary>What became of it, in the classes that retry rules are written for.</summary>
    public required OutcomeClass Class { get; init; }

    /// <summary>Who failed.</summary>
    public required OutcomeParty Party { get; init; }

    /// <summary>One plain sentence for people; names no number and no person.</summary>
    public required string Sentence { get; init; }

    /// <summary>What happens next or what to do; empty after success.</summary>
    public string Next { get; init; } = "";

    /// <summary>The final SIP status, where there was one.</summary>
    public int? SipStatus { get; init; }

    /// <summary>The provider's own code.</summary>
    public string? ProviderCode { get; init; }

    /// <summary>What of it plugins and lines say in the words of faxes.</summary>
    public static OutboxOutcome Of(FaxOutcome outcome) => new()
    {
        Class = outcome.Class,
        Party = outcome.Party,
        Sentence = outcome.Sentence,
        Next = outcome.Next,
        SipStatus = outcome.SipStatus,
        ProviderCode = outcome.ProviderCode,
    };

    public static OutboxOutcome Delivered { get; } = new() { Class = OutcomeClass.Success, Party = OutcomeParty.None, Sentence = "Its arrival was confirmed." };

    /// <summary>The network or provider says that it did not arrive.</summary>
    public static OutboxOutcome Undelivered(string? reason) => new()
    {
        Class = OutcomeClass.Refused,
        Party = OutcomeParty.Trunk,
        Sentence = reason ?? "The provider says that it was not delivered, and not why.",
    };

    /// <summary>Nothing left, as is proven.</summary>
    public static OutboxOutcome NeverSent { get; } = Local("The attempt was broken off before anything left.");

    /// <summary>Our own side failed before anything left.</summary>
    public static OutboxOutcome Local(string sentence) => new() { Class = OutcomeClass.Local, Party = OutcomeParty.Local, Sentence = sentence };

    /// <summary>A rule forbids it; nothing was sent.</summary>
    public static OutboxOutcome Forbidden(string sentence, string next) => new() { Class = OutcomeClass.Rejected, Party = OutcomeParty.Policy, Sentence = sentence, Next = next };

    /// <summary>The owner did not want it any more. What an earlier attempt came to is kept.</summary>
    public static OutboxOutcome Cancelled(OutboxOutcome? last) =>
        (last ?? Local("It was cancelled before it was sent.") with { Party = OutcomeParty.Policy }) with { Next = "It was cancelled." };

    /// <summary>Nobody can tell what became of the attempt.</summary>
    public static OutboxOutcome Lost { get; } = new()
    {
        Class = OutcomeClass.Unknown,
        Party = OutcomeParty.Local,
        Sentence = "The attempt lost its end: it cannot be told whether it arrived.",
        Next = "It is not sent again by itself. Ask the receiver, then say whether it arrived.",
    };

    /// <summary>A person decided about an item of which nobody could tell.</summary>
    public static OutboxOutcome Resolved(OutboxOutcome unknown, bool arrived) => arrived
        ? unknown with { Class = OutcomeClass.Success, Party = OutcomeParty.None, Sentence = "A person says that it arrived.", Next = "" }
        : unknown with { Sentence = "A person says that it did not arrive.", Next = "" };
}
