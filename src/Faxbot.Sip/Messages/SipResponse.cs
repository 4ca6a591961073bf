using System.Globalization;

namespace Faxbot.Sip.Messages;

/// <summary>A response (RFC 3261 7.2).</summary>
public sealed class SipResponse : SipMessage
{
    /// <summary>A response with empty headers.</summary>
    /// <param name="status">100 to 699.</param>
    /// <param name="reason">The reason phrase; null takes the standard's.</param>
    public SipResponse(int status, string? reason = null)
        : this(status, reason ?? SipReasonPhrases.For(status), new SipHeaderList())
    {
    }

    internal SipResponse(int status, string reason, SipHeaderList headers)
        : base(headers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 100);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 699);
        Status = status;
        Reason = reason;
    }

    public int Status { get; }

    /// <summary>The reason phrase: for people only.</summary>
    public string Reason { get; }

    public bool IsProvisional => Status < 200;

    public bool IsFinal => Status >= 200;

    public bool IsSuccess => Status is >= 200 and < 300;

    public override string StartLine => string.Create(CultureInfo.InvariantCulture, $"SIP/2.0 {Status:D3} {Reason}");

    /// <summary>A copy that can be changed by itself; the body's octets are shared.</summary>
    public SipResponse Clone() => new(Status, Reason, Headers.Clone()) { Body = Body };
}
