using Faxbot.Lines.Embedded.Signalling;
using Faxbot.Lines.Embedded.Signalling.Transports;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Trunks;
using Faxbot.Sip.Calls;

namespace Faxbot.Lines.Outcomes;

/// <summary>What it means for a text message that it was not taken.</summary>
internal static class MessageOutcomes
{
    /// <summary>No server of the trunk has an address.</summary>
    public static MessageOutcome Unresolved(TrunkProfile trunk) => Never(
        OutcomeClass.Congestion, OutcomeParty.Trunk, $"{ServerChoice.Names(trunk)} has no address.", "Check the trunk's host name and this machine's name service.");

    /// <summary>No address can be made of what was given.</summary>
    public static MessageOutcome BadNumber { get; } = Never(
        OutcomeClass.Rejected, OutcomeParty.Number, "The number, the sender or the trunk's domain cannot be written as a SIP address.",
        "Give digits with an optional plus sign, and a host name without blanks.");

    /// <summary>The line was closed before the trunk answered.</summary>
    public static MessageOutcome Stopped { get; } = Open("The gateway stopped before the trunk answered.");

    /// <summary>The outcome of a message that no server took, as far as is known.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="mayHaveArrived">Whether it may have been taken all the same.</param>
    /// <param name="rules">What answers of the trunk mean where it is not what the standard says.</param>
    /// <param name="problem">What kept the transport from reaching the server, where it did not.</param>
    public static MessageOutcome NotTaken(SipFailure failure, bool mayHaveArrived, IReadOnlyList<TrunkFailureRule> rules, TransportProblem? problem)
    {
        if (mayHaveArrived)
        {
            var open = Open(failure.Origin == SipFailureOrigin.Transport ? "The connection to the trunk broke before it answered." : "The trunk did not answer whether it took the message.");
            return failure.Origin == SipFailureOrigin.Response ? open with { SipStatus = failure.Status } : open;
        }

        var known = SipOutcomes.NotAnswered(failure, rules, problem);
        var isRule = SipOutcomes.HasRule(failure, rules);
        var (kind, party, sentence, next) = isRule || failure.Origin != SipFailureOrigin.Response ? (known.Class, known.Party, known.Sentence, known.Next) : ByStatus(failure.Status);
        if (failure.Origin == SipFailureOrigin.TooLarge)
            (kind, party, sentence, next) = (OutcomeClass.Rejected, OutcomeParty.Local, "The message is too long for the trunk's transport.", "Shorten it, or reach the trunk over TCP or TLS.");
        return new MessageOutcome(failure.Origin == SipFailureOrigin.Response ? MessageState.Undelivered : MessageState.NeverSent)
        {
            SipStatus = known.SipStatus,
            Failure = known with { Class = kind, Party = party, Sentence = sentence, Next = next },
        };
    }

    private static MessageOutcome Never(OutcomeClass kind, OutcomeParty party, string sentence, string next) =>
        new(MessageState.NeverSent) { Failure = Failed(kind, party, sentence, next) };

    private static MessageOutcome Open(string sentence) => new(MessageState.Unknown)
    {
        Failure = Failed(OutcomeClass.Unknown, OutcomeParty.Trunk, sentence, "It is not sent again by itself. Ask the recipient, or the provider."),
    };

    private static FaxOutcome Failed(OutcomeClass kind, OutcomeParty party, string sentence, string next) =>
        new() { Class = kind, Phase = OutcomePhase.Dial, Party = party, Sentence = sentence, Next = next };

    private static (OutcomeClass, OutcomeParty, string, string) ByStatus(int status) => status switch
    {
        404 or 410 or 604 or (>= 300 and < 400) => (OutcomeClass.Dead, OutcomeParty.Number, "The number does not exist, has moved, or takes no messages.", "Check the number with the recipient."),
        480 or 486 or 600 => (OutcomeClass.NoAnswer, OutcomeParty.Number, "The recipient cannot be reached at the moment.", "Try again later."),
        484 => (OutcomeClass.Rejected, OutcomeParty.Number, "The trunk calls the number incomplete.", "Check the number: country code, area code and length."),
        401 or 407 => (OutcomeClass.Rejected, OutcomeParty.Trunk, "The trunk refused the user name or password.", "Check the trunk's credentials."),
        402 => (OutcomeClass.Rejected, OutcomeParty.Trunk, "The trunk refused the message for lack of funds.", "Check the balance at the provider."),
        403 => (OutcomeClass.Rejected, OutcomeParty.Trunk, "The trunk forbids this message.",
            "Check with the provider: the destination, the sender's number or this machine's address is not allowed."),
        405 or 501 => (OutcomeClass.Capability, OutcomeParty.Trunk, "The trunk carries no text messages over SIP.", "Choose another route for messages, or ask the provider."),
        406 or 415 or 488 or 606 => (OutcomeClass.Capability, OutcomeParty.Receiver, "The far end does not take plain text.", "Choose another route for messages."),
        413 or 513 => (OutcomeClass.Rejected, OutcomeParty.Receiver, "The message is too long for the far end.", "Shorten it."),
        603 or 607 or 608 => (OutcomeClass.Refused, OutcomeParty.Number, "The message was declined.", "Ask the recipient."),
        _ => (OutcomeClass.Congestion, OutcomeParty.Trunk, "The trunk cannot take the message at the moment.", "Try again, or another route."),
    };
}
