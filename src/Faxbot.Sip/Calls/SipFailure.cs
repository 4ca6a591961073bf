using Faxbot.Sip.Messages;

namespace Faxbot.Sip.Calls;

/// <summary>Where a failure comes from.</summary>
public enum SipFailureOrigin
{
    /// <summary>A response of the peer or of a proxy.</summary>
    Response,

    /// <summary>No response in time (timer B or F); the status is 408.</summary>
    NoResponse,

    /// <summary>Nobody answered within the ring timeout, or the peer never finished a re-INVITE; the status is 408.</summary>
    NoAnswer,

    /// <summary>The network refused the datagram; the status is 503 (RFC 3261 8.1.3.1).</summary>
    Transport,

    /// <summary>The request exceeds <see cref="SipUserAgentOptions.MaxDatagram"/>; the status is 513.</summary>
    TooLarge,

    /// <summary><see cref="SipUserAgentOptions.MaxCalls"/> is reached; the status is 503.</summary>
    TooManyCalls,
}

/// <summary>Why a request failed.</summary>
/// <param name="Origin">Who says so.</param>
/// <param name="Status">The SIP status, ours where the origin is local.</param>
/// <param name="Phrase">The reason phrase.</param>
public sealed record SipFailure(SipFailureOrigin Origin, int Status, string Phrase)
{
    /// <summary>Reason header fields (RFC 3326).</summary>
    public IReadOnlyList<SipReason> Reasons { get; init; } = [];

    /// <summary>Warning header fields, which say what was wrong with an offer.</summary>
    public IReadOnlyList<SipWarning> Warnings { get; init; } = [];

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Where a 3xx redirects to, in the order of the response; not followed by the user agent.</summary>
    public IReadOnlyList<SipNameAddr> Contacts { get; init; } = [];

    /// <summary>The response, null when the failure is local.</summary>
    public SipResponse? Response { get; init; }

    /// <summary>The Q.850 cause of the Reason header, or null.</summary>
    public int? Q850Cause => Reasons.FirstOrDefault(reason => reason.IsQ850)?.Cause;

    public override string ToString() => FormattableString.Invariant($"{Status} {Phrase} ({Origin})");

    internal static SipFailure Of(SipResponse response) => new(SipFailureOrigin.Response, response.Status, response.Reason)
    {
        Reasons = response.Headers.Reasons,
        Warnings = response.Headers.Warnings,
        RetryAfter = response.Headers.RetryAfter?.Delay,
        Contacts = response.Status is >= 300 and < 400 ? response.Headers.Contacts : [],
        Response = response,
    };

    internal static SipFailure Local(SipFailureOrigin origin)
    {
        var status = origin switch
        {
            SipFailureOrigin.Transport or SipFailureOrigin.TooManyCalls => 503,
            SipFailureOrigin.TooLarge => 513,
            _ => 408,
        };
        return new(origin, status, SipReasonPhrases.For(status));
    }
}
