using Faxbot.Sip.Transports;

namespace Faxbot.Lines.Embedded.Signalling.Transports;

/// <summary>Takes what transports bring. It is called from many threads, for one connection by one at a time.</summary>
internal interface ITransportUser
{
    /// <summary>A whole message came; it is not valid after the call.</summary>
    void HandleMessage(ReadOnlySpan<byte> message, SipHop remote);

    /// <summary>The answer to a keep-alive of ours came (RFC 5626 4.4.1).</summary>
    void HandlePong(SipHop remote);

    /// <summary>That hop cannot be reached, or the connection to it has ended.</summary>
    void HandleTransportError(SipHop remote, TransportProblem problem);
}
