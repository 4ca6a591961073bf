using Faxbot.Sip.Messages;
using Faxbot.Sip.Registration;
using Faxbot.Sip.Transports;

namespace Faxbot.Lines.Embedded.Trunks;

/// <summary>What a registration means for calls that are placed while it lasts.</summary>
/// <param name="Transport">What it was made over.</param>
/// <param name="Contact">Where we are reached, as the registrar keeps it: behind NAT the address that it saw.</param>
/// <param name="ServiceRoutes">Where the calls must pass (RFC 3608), usually nowhere.</param>
internal sealed record RegisteredFlow(SipTransport Transport, SipNameAddr Contact, IReadOnlyList<SipUri> ServiceRoutes)
{
    /// <summary>That of a registration; null while the registrar keeps no binding.</summary>
    public static RegisteredFlow? Of(SipRegistration registration) =>
        registration.Granted is null ? null : new RegisteredFlow(registration.Hop.Transport, registration.Contact, registration.ServiceRoutes);
}
