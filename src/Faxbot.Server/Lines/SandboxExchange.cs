using System.Net;
using Faxbot.Fax.T30;
using Faxbot.Lines;
using Faxbot.Lines.Embedded;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Server.Lines;

/// <summary>
/// The far end that comes with the gateway: a line on loopback that takes calls as <see cref="SandboxNumbers"/> says, over real SIP and T.38. What it
/// receives lands in the inbox, in mailbox <c>sandbox</c>. Trunk profiles name it <see cref="HostName"/>. Thread-safe.
/// </summary>
internal sealed class SandboxExchange : IAsyncDisposable
{
    /// <summary>The host name by which trunk profiles mean it; RFC 6761 6.3 keeps such names on this machine.</summary>
    public const string HostName = "sandbox.localhost";

    private const string Mailbox = "sandbox";
    private readonly InboundSpool _spool;
    private readonly EmbeddedLine _line;

    public SandboxExchange(InboundSpool spool, TimeProvider time)
    {
        _spool = spool;
        _line = EmbeddedLine.Open(
            new EmbeddedLineOptions { Bind = new IPEndPoint(IPAddress.Loopback, 0), InboundT38 = Quick, MaxCalls = 1_000 }, time, Decide);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint => _line.LocalEndPoint;

    // The called side asks for T.38 at once and as fast as it goes: nobody is to be waited for on loopback.
    private static TrunkT38 Quick => new() { Paced = false, InboundSwitch = T38Switch.Us, MaxDatagram = 1400 };

    public ValueTask DisposeAsync() => _line.DisposeAsync();

    private IncomingDecision Decide(IncomingFax fax)
    {
        if (SandboxNumbers.Find(fax.CalledNumber) is not { } rehearsal) return _spool.Accept(fax, Mailbox);
        if (rehearsal.Decision is { } decision) return decision;
        return _spool.Accept(fax, Mailbox) is IncomingDecision.Accept accept
            ? new IncomingDecision.Accept(new CutLine(accept.Pages), call =>
            {
                accept.Started(call);
                _ = CutInSecondPageAsync(call);
            })
            : new IncomingDecision.Reject(503);
    }

    private static async Task CutInSecondPageAsync(FaxCall call)
    {
        await foreach (var happened in call.Events)
        {
            if (happened.Event is LineEvent.Fax { Event: FaxEvent.PageStarted { Page: 2 } }) call.Cancel();
        }
    }
}
