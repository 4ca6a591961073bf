using System.Net;
using Faxbot.Fax.T30;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Lines;

/// <summary>A call that came in.</summary>
/// <param name="CalledNumber">The called number as its trunk says it; else the user part of the request URI.</param>
/// <param name="CallerNumber">The calling number as its trunk says it; else the user part of From, which the far end merely claims.</param>
/// <param name="Peer">Where the INVITE came from.</param>
/// <param name="Trunk">The trunk that it came over; null when it belongs to none that is connected.</param>
public sealed record IncomingFax(string CalledNumber, string CallerNumber, IPEndPoint Peer, TrunkConnection? Trunk = null)
{
    /// <summary>T.38 as it holds for the call, unless it is accepted with another.</summary>
    public TrunkT38 T38 { get; init; } = new();
}

/// <summary>What to do with a call that came in.</summary>
public abstract record IncomingDecision
{
    private IncomingDecision()
    {
    }

    /// <summary>Answer it as a fax machine.</summary>
    /// <param name="Pages">Where pages go. Disposed, if it can be, when the call is over.</param>
    /// <param name="Started">Given the call as it begins.</param>
    public sealed record Accept(IReceivedPages Pages, Action<FaxCall> Started) : IncomingDecision
    {
        /// <summary>T.38 for this call alone; null leaves it to its trunk.</summary>
        public TrunkT38? T38 { get; init; }
    }

    /// <summary>Refuse it with a SIP status, such as 486 or 603.</summary>
    public sealed record Reject(int Status) : IncomingDecision;

    /// <summary>Let it ring until the caller gives up: nobody is there.</summary>
    public sealed record Ring : IncomingDecision;

    /// <summary>Answer it as a person would: no fax machine speaks, and after a while it is hung up.</summary>
    /// <param name="TakesT38">Whether the switch to T.38 is agreed to, as a gateway before a telephone does; otherwise it is refused with 488.</param>
    /// <param name="Patience">How long until it is hung up.</param>
    public sealed record Voice(bool TakesT38, TimeSpan Patience) : IncomingDecision;
}
