using System.Net;
using Faxbot.Sip.InstantMessages;
using Faxbot.Sip.Registration;
using Faxbot.Sip.Transports;

namespace Faxbot.Sip.Calls;

/// <summary>What the user agent wants done, in order.</summary>
public abstract record SipOutput
{
    /// <summary>Send these octets.</summary>
    /// <param name="Bytes">The message; not changed afterwards, so it need not be copied.</param>
    /// <param name="Remote">Where to. On a stream: over the connection that the hop has, else over a new one.</param>
    /// <param name="Local">From which socket.</param>
    public sealed record Send(ReadOnlyMemory<byte> Bytes, SipHop Remote, IPEndPoint Local) : SipOutput;

    /// <summary>Something happened to a call.</summary>
    public sealed record Report(SipCallEvent Event) : SipOutput;

    /// <summary>A registration came about, was refreshed, failed or ended.</summary>
    public sealed record RegistrationChanged(SipRegistration Registration) : SipOutput;

    /// <summary>An instant message came in; it waits for an answer.</summary>
    public sealed record MessageReceived(IncomingMessage Message) : SipOutput;

    /// <summary>An instant message of ours is done.</summary>
    public sealed record MessageDone(InstantMessage Message, InstantMessageResult Result) : SipOutput;

    /// <summary>An OPTIONS request of ours is done.</summary>
    public sealed record PingDone(SipPing Ping) : SipOutput;
}
