using Faxbot.Sip.Auth;

namespace Faxbot.Lines.Embedded.Trunks;

/// <summary>Whose call or message it is that came in.</summary>
internal abstract record InboundMatch
{
    private InboundMatch()
    {
    }

    /// <summary>That trunk's.</summary>
    public sealed record Of(TrunkConnection Trunk) : InboundMatch;

    /// <summary>It must prove whose it is.</summary>
    public sealed record Prove(DigestChallenge Challenge) : InboundMatch;

    /// <summary>No trunk's.</summary>
    public sealed record Stranger : InboundMatch;
}
