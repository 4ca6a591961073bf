using System.Net;
using Faxbot.Sip.Messages;

namespace Faxbot.Sip.Registration;

/// <summary>What a 200 to REGISTER says (RFC 3261 10.2.4, 10.3; RFC 3581 4; RFC 3608).</summary>
/// <param name="Expires">How long our binding lasts; zero when the registrar did not keep it.</param>
/// <param name="SeenAs">Our address as the registrar saw it, or null.</param>
/// <param name="ServiceRoutes">Where calls over this registrar must pass.</param>
internal sealed record RegistrationReply(TimeSpan Expires, IPEndPoint? SeenAs, IReadOnlyList<SipUri> ServiceRoutes)
{
    /// <param name="response">The 200.</param>
    /// <param name="contact">Our Contact in the request.</param>
    /// <param name="asked">The interval that the request asked for.</param>
    public static RegistrationReply Read(SipResponse response, SipNameAddr contact, TimeSpan asked)
    {
        // 10.2.4: our binding's own expires goes first. Some registrars list no Contact at all, or write ours in another way; then the one
        // interval that they give must be meant.
        var ours = response.Headers.Contacts.FirstOrDefault(bound => bound.Uri.IsEquivalentTo(contact.Uri))
            ?? response.Headers.Contacts.FirstOrDefault(bound => bound.Uri.User == contact.Uri.User);
        var expires = ours?.Expires ?? response.Headers.Expires ?? asked;
        return new(expires < asked ? expires : asked, Seen(response.TopVia), Routes(response));
    }

    private static IPEndPoint? Seen(SipVia via)
    {
        // RFC 3581 4: rport tells the port; received only where the address differs from sent-by.
        var host = via.Received ?? via.Host;
        return via.RPort is { } port and > 0 && IPAddress.TryParse(host, out var address) ? new IPEndPoint(address, port) : null;
    }

    private static SipUri[] Routes(SipResponse response) =>
        [.. response.Headers.ServiceRoutes.Select(route => route.Uri)];
}
