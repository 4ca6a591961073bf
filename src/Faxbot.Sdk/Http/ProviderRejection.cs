using System.Net;
using Faxbot.Sdk.Outcomes;

namespace Faxbot.Sdk.Http;

/// <summary>When it is sure that a provider did not do what it was asked for.</summary>
internal static class ProviderRejection
{
    /// <summary>How it ended; null where the answer leaves open whether it was done.</summary>
    public static FaxOutcome? Of(HttpStatusCode status, string? code, IReadOnlyDictionary<string, ProviderCode> codes, string sentence)
    {
        // RFC 9110 15.5.9: with 408 the server says that it gave up waiting, and not what it had read by then.
        if (status is < HttpStatusCode.BadRequest or >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout) return null;
        var meaning = code is not null && codes.TryGetValue(code, out var known) ? known
            : status == HttpStatusCode.TooManyRequests ? new ProviderCode(OutcomeClass.Congestion, OutcomeParty.Trunk, sentence)
            : new ProviderCode(OutcomeClass.Rejected, OutcomeParty.Local, sentence);
        return Outcome(meaning, code ?? ((int)status).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>How a request ended that never reached the provider; null where it may have.</summary>
    public static FaxOutcome? NeverLeft(HttpRequestException broken, string sentence) =>
        broken.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError
            ? Outcome(new ProviderCode(OutcomeClass.Congestion, OutcomeParty.Trunk, sentence), null)
            : null;

    private static FaxOutcome Outcome(ProviderCode meaning, string? code) => new()
    {
        Class = meaning.Class,
        Phase = OutcomePhase.Dial,
        Party = meaning.Party,
        Sentence = meaning.Sentence,
        ProviderCode = code,
    };
}
