using Faxbot.Lines.Embedded.Signalling.Transports;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Trunks;
using Faxbot.Sip.Calls;

namespace Faxbot.Lines.Outcomes;

/// <summary>What a SIP failure before the answer means for a fax.</summary>
internal static class SipOutcomes
{
    /// <summary>The outcome of a call that was never answered.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="rules">What answers of the trunk mean where it is not what the standard says; the first that fits holds.</param>
    /// <param name="problem">What kept the transport from reaching the server, where it did not.</param>
    public static FaxOutcome NotAnswered(SipFailure failure, IReadOnlyList<TrunkFailureRule> rules, TransportProblem? problem = null)
    {
        var (kind, party, sentence, next) = Classify(failure);
        if (failure.Origin == SipFailureOrigin.Transport && problem is not null) (sentence, next) = (problem.Sentence, problem.Next);
        if (rules.FirstOrDefault(rule => Fits(rule, failure)) is { } rule)
            (kind, party, sentence, next) = ByRule(rule, failure.Status, failure.Phrase);
        return new FaxOutcome
        {
            Class = kind,
            Phase = OutcomePhase.Dial,
            Party = party,
            Sentence = sentence,
            Next = next,
            SipStatus = failure.Origin == SipFailureOrigin.Response ? failure.Status : null,
            Q850Cause = failure.Q850Cause,
            ProviderCode = failure.Origin == SipFailureOrigin.Response ? $"{failure.Status} {failure.Phrase}" : failure.Origin.ToString(),
        };
    }

    /// <summary>The outcome of a call that another user agent placed for us and that was never answered.</summary>
    /// <param name="status">The SIP status; null where it is not known.</param>
    /// <param name="phrase">Its reason phrase.</param>
    /// <param name="cause">The Q.850 cause, where one was given.</param>
    /// <param name="hasRung">Whether the far end rang: then a 408 is its own.</param>
    /// <param name="rules">What answers of the trunk mean where it is not what the standard says. Those that look into a header field do not fit.</param>
    public static FaxOutcome NotAnswered(int? status, string phrase, int? cause, bool hasRung, IReadOnlyList<TrunkFailureRule> rules)
    {
        var (kind, party, sentence, next) = status == 408 && !hasRung ? NoResponse
            // Asterisk 16 gives neither where our own patience ended the ringing.
            : status is null && cause is null && hasRung ? NoAnswer
            : (cause is { } known ? ByCause(known) : null) ?? ByStatus(status ?? StatusOf(cause));
        if (rules.FirstOrDefault(rule => rule.Header is null && rule.Status == status && (rule.Contains is null || HasWords(phrase, rule.Contains))) is { } rule)
            (kind, party, sentence, next) = ByRule(rule, status, phrase);
        return new FaxOutcome
        {
            Class = kind,
            Phase = OutcomePhase.Dial,
            Party = party,
            Sentence = sentence,
            Next = next,
            SipStatus = status,
            Q850Cause = cause,
            ProviderCode = status is null ? null : $"{status} {phrase}".TrimEnd(),
        };
    }

    /// <summary>The outcome of an answered call whose far end would not switch to T.38.</summary>
    public static FaxOutcome NotSwitched(int? status, string? phrase, string sentence) => new()
    {
        Class = OutcomeClass.Negotiation,
        Phase = OutcomePhase.Negotiate,
        Party = OutcomeParty.Receiver,
        Sentence = sentence,
        Next = "Fax over G.711 audio is not available on this line yet; use a trunk that carries T.38 to this number.",
        SipStatus = status,
        ProviderCode = status is null ? null : $"{status} {phrase}",
    };

    /// <summary>Whether the trunk's profile says what that answer means.</summary>
    public static bool HasRule(SipFailure failure, IReadOnlyList<TrunkFailureRule> rules) => rules.Any(rule => Fits(rule, failure));

    private static bool Fits(TrunkFailureRule rule, SipFailure failure)
    {
        if (failure.Response is not { } response || rule.Status != failure.Status) return false;
        if (rule.Contains is not { } part) return rule.Header is null || response.Headers.Contains(rule.Header);
        IReadOnlyList<string> texts = rule.Header is null ? [failure.Phrase] : response.Headers.GetAll(rule.Header);
        return texts.Any(text => HasWords(text, part));
    }

    private static bool HasWords(string text, string words)
    {
        for (var at = text.IndexOf(words, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(words, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + words.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end]))) return true;
        }

        return false;
    }

    private static (OutcomeClass Class, OutcomeParty Party, string Sentence, string Next) Classify(SipFailure failure) => failure switch
    {
        { Origin: SipFailureOrigin.NoResponse } => NoResponse,
        { Origin: SipFailureOrigin.Transport } => (OutcomeClass.Congestion, OutcomeParty.Trunk, "The network refused the packets to the trunk.",
            "Check the trunk's address and that this machine can reach it."),
        { Origin: SipFailureOrigin.NoAnswer } => (OutcomeClass.NoAnswer, OutcomeParty.Number, "Nobody answered.", "Try again later."),
        { Origin: SipFailureOrigin.TooLarge or SipFailureOrigin.TooManyCalls } => (OutcomeClass.Local, OutcomeParty.Local,
            $"This gateway could not place the call: {failure.Phrase}.", "Try again when fewer calls are up."),
        { Q850Cause: { } cause } when ByCause(cause) is { } meaning => meaning,
        _ => ByStatus(failure.Status),
    };

    // A cause from the telephone network says more than the SIP status that a gateway made of it (RFC 3398 8.2.6.1).
    private static (OutcomeClass, OutcomeParty, string, string)? ByCause(int cause) => cause switch
    {
        17 => Busy,
        18 or 19 => NoAnswer,
        1 or 22 => Dead,
        34 or 38 or 42 => Congested,
        _ => null,
    };

    // Where only a cause is known that ByCause has no meaning for.
    private static int StatusOf(int? cause) => cause switch
    {
        21 => 403,
        28 => 484,
        58 or 65 or 79 or 88 => 488,
        _ => 503,
    };

    private static (OutcomeClass, OutcomeParty, string, string) ByRule(TrunkFailureRule rule, int? status, string phrase) =>
        (rule.Class, rule.Party, rule.Sentence ?? $"The trunk refused the call: {status} {phrase}.", rule.Next ?? "");

    private static (OutcomeClass, OutcomeParty, string, string) ByStatus(int status) => status switch
    {
        486 or 600 => Busy,
        408 or 480 or 487 => NoAnswer,
        404 or 410 or 604 or (>= 300 and < 400) => Dead,
        484 => (OutcomeClass.Rejected, OutcomeParty.Number, "The trunk calls the number incomplete.", "Check the number: country code, area code and length."),
        401 or 407 => (OutcomeClass.Rejected, OutcomeParty.Trunk, "The trunk refused the user name or password.", "Check the trunk's credentials."),
        402 => (OutcomeClass.Rejected, OutcomeParty.Trunk, "The trunk refused the call for lack of funds.", "Check the balance at the provider."),
        403 => (OutcomeClass.Rejected, OutcomeParty.Trunk, "The trunk forbids this call.",
            "Check with the provider: the destination, the caller number or this machine's address is not allowed."),
        488 or 606 or 415 => (OutcomeClass.Negotiation, OutcomeParty.Trunk, "The far end takes none of the media that were offered.",
            "Check the trunk profile's codecs and whether T.38 belongs in its first offer."),
        603 or 607 or 608 => (OutcomeClass.Refused, OutcomeParty.Number, "The call was declined.", "Ask the recipient."),
        _ => Congested,
    };

    private static (OutcomeClass, OutcomeParty, string, string) Busy =>
        (OutcomeClass.Busy, OutcomeParty.Number, "The number is busy.", "Try again in a few minutes.");

    private static (OutcomeClass, OutcomeParty, string, string) NoResponse =>
        (OutcomeClass.Congestion, OutcomeParty.Trunk, "The trunk did not respond to the call.", "Check the trunk's address, port and firewall; the call is worth another route.");

    private static (OutcomeClass, OutcomeParty, string, string) NoAnswer =>
        (OutcomeClass.NoAnswer, OutcomeParty.Number, "Nobody answered.", "Try again later.");

    private static (OutcomeClass, OutcomeParty, string, string) Dead =>
        (OutcomeClass.Dead, OutcomeParty.Number, "The number does not exist or has moved.", "Check the number with the recipient.");

    private static (OutcomeClass, OutcomeParty, string, string) Congested =>
        (OutcomeClass.Congestion, OutcomeParty.Trunk, "The trunk cannot take the call at the moment.", "Try again, or another route.");
}
