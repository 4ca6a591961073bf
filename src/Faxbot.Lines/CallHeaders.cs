using Faxbot.Sdk.Trunks;
using Faxbot.Sip.Messages;

namespace Faxbot.Lines;

/// <summary>The header fields that a trunk wants on a request besides the usual ones: who calls, privacy, and its own.</summary>
internal static class CallHeaders
{
    /// <summary>The fields of a fax call; null when the caller's number cannot be written as a SIP address.</summary>
    /// <param name="fax">The fax and its trunk.</param>
    /// <param name="ownDomain">The domain of the caller's number where neither the caller nor the trunk has one.</param>
    public static IReadOnlyList<SipHeader>? Of(OutboundFax fax, string ownDomain) =>
        Of(fax.Trunk, fax.From, fax.Reference, ownDomain) is { } headers ? OfFax(fax.Trunk, headers) : null;

    /// <summary>Those, and what says that a fax device is called.</summary>
    // RFC 6913 section 4: the call would rather reach a fax device.
    public static IReadOnlyList<SipHeader> OfFax(TrunkProfile trunk, IReadOnlyList<SipHeader> headers) =>
        trunk.Signalling.PreferFax ? [new SipHeader("Accept-Contact", "*;+sip.fax=\"t38\""), .. headers] : headers;

    /// <summary>The fields of any request; null when the caller's number cannot be written as a SIP address.</summary>
    /// <param name="trunk">The trunk.</param>
    /// <param name="from">The caller number; null leaves it to the trunk.</param>
    /// <param name="reference">The id of the attempt.</param>
    /// <param name="ownDomain">The domain of the caller's number where neither the caller nor the trunk has one.</param>
    public static IReadOnlyList<SipHeader>? Of(TrunkProfile trunk, string? from, string reference, string ownDomain)
    {
        var caller = trunk.Caller;
        List<SipHeader> headers = [];
        if (caller.Headers.Count > 0 && caller.NumberFor(from) is { } number)
        {
            var domain = caller.Domain ?? trunk.Domain ?? ownDomain;
            if (TrunkAddress.Of(domain, trunk.Numbers.Identity ?? trunk.Numbers.From, number) is not { } uri) return null;
            headers.AddRange(caller.Headers.Select(field => Identity(field, new SipNameAddr(uri) { DisplayName = caller.DisplayName }, caller.Private)));
        }

        // RFC 3325 section 9.3: the trunk knows who calls, the called party does not.
        if (caller.Private) headers.Add(new SipHeader("Privacy", "id"));
        headers.AddRange(trunk.Headers.Select(h => new SipHeader(h.Key, h.Value.Replace("{attempt}", reference, StringComparison.Ordinal))));
        return headers;
    }

    private static SipHeader Identity(CallerHeader field, SipNameAddr caller, bool isPrivate) => field switch
    {
        CallerHeader.PAssertedIdentity => new SipHeader(SipHeaderNames.PAssertedIdentity, caller.ToString()),
        CallerHeader.PPreferredIdentity => new SipHeader("P-Preferred-Identity", caller.ToString()),
        _ => new SipHeader(SipHeaderNames.RemotePartyId, $"{caller};party=calling;screen=yes;privacy={(isPrivate ? "full" : "off")}"),
    };
}
