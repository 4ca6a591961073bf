using Faxbot.Sdk.Trunks;
using Faxbot.Sip.Messages;

namespace Faxbot.Lines;

/// <summary>The header fields that a trunk wants on a call besides the usual ones: who calls, privacy, and its own.</summary>
internal static class CallHeaders
{
    /// <summary>The fields; null when the caller's number cannot be written as a SIP address.</summary>
    /// <param name="fax">The fax and its trunk.</param>
    /// <param name="ownDomain">The domain of the caller's number where neither the caller nor the trunk has one.</param>
    public static List<SipHeader>? Of(OutboundFax fax, string ownDomain)
    {
        var (trunk, caller) = (fax.Trunk, fax.Trunk.Caller);
        List<SipHeader> headers = [];
        if (caller.Headers.Count > 0 && caller.NumberFor(fax.From) is { } number)
        {
            var domain = caller.Domain ?? trunk.Domain ?? ownDomain;
            if (TrunkAddress.Of(domain, trunk.Numbers.Identity ?? trunk.Numbers.From, number) is not { } uri) return null;
            headers.AddRange(caller.Headers.Select(field => Identity(field, new SipNameAddr(uri) { DisplayName = caller.DisplayName }, caller.Private)));
        }

        // RFC 3325 section 9.3: the trunk knows who calls, the called party does not.
        if (caller.Private) headers.Add(new SipHeader("Privacy", "id"));
        // RFC 6913 section 4: the call would rather reach a fax device.
        if (trunk.Signalling.PreferFax) headers.Add(new SipHeader("Accept-Contact", "*;+sip.fax=\"t38\""));
        headers.AddRange(trunk.Headers.Select(h => new SipHeader(h.Key, h.Value.Replace("{attempt}", fax.Reference, StringComparison.Ordinal))));
        return headers;
    }

    private static SipHeader Identity(CallerHeader field, SipNameAddr caller, bool isPrivate) => field switch
    {
        CallerHeader.PAssertedIdentity => new SipHeader(SipHeaderNames.PAssertedIdentity, caller.ToString()),
        CallerHeader.PPreferredIdentity => new SipHeader("P-Preferred-Identity", caller.ToString()),
        _ => new SipHeader(SipHeaderNames.RemotePartyId, $"{caller};party=calling;screen=yes;privacy={(isPrivate ? "full" : "off")}"),
    };
}
