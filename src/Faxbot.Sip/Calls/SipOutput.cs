using System.Net;

namespace Faxbot.Sip.Calls;

/// <summary>What the user agent wants done, in order.</summary>
public abstract record SipOutput
{
    /// <summary>Send these octets.</summary>
    /// <param name="Bytes">The datagram; not changed afterwards, so it need not be copied.</param>
    /// <param name="Remote">Where to.</param>
    /// <param name="Local">From which socket.</param>
    public sealed record Send(ReadOnlyMemory<byte> Bytes, IPEndPoint Remote, IPEndPoint Local) : SipOutput;

    /// <summary>Something happened to a call.</summary>
    public sealed record Report(SipCallEvent Event) : SipOutput;

    /// <summary>An OPTIONS request of ours is done.</summary>
    public sealed record PingDone(SipPing Ping) : SipOutput;
}
