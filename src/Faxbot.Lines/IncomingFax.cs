using System.Net;
using Faxbot.Fax.T30;

namespace Faxbot.Lines;

/// <summary>A call that came in.</summary>
/// <param name="CalledNumber">The user part of the request URI.</param>
/// <param name="CallerNumber">The user part of From; what the far end claims.</param>
/// <param name="Peer">Where the INVITE came from.</param>
public sealed record IncomingFax(string CalledNumber, string CallerNumber, IPEndPoint Peer);

/// <summary>What to do with a call that came in.</summary>
public abstract record IncomingDecision
{
    private IncomingDecision()
    {
    }

    /// <summary>Answer it as a fax machine.</summary>
    /// <param name="Pages">Where pages go. Disposed, if it can be, when the call is over.</param>
    /// <param name="Started">Given the call as it begins.</param>
    public sealed record Accept(IReceivedPages Pages, Action<FaxCall> Started) : IncomingDecision;

    /// <summary>Refuse it with a SIP status, such as 486 or 603.</summary>
    public sealed record Reject(int Status) : IncomingDecision;
}
