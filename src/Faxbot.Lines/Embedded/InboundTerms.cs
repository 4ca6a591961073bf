using Faxbot.Sdk.Trunks;
using Faxbot.Sip.Calls;

namespace Faxbot.Lines.Embedded;

/// <summary>What holds for a call that came in.</summary>
/// <param name="T38">T.38.</param>
/// <param name="Audio">The audio leg before it.</param>
/// <param name="Credentials">What answers challenges within the call; null has nothing.</param>
internal sealed record InboundTerms(TrunkT38 T38, TrunkAudio Audio, SipCredentials? Credentials = null)
{
    /// <summary>Those of the trunk that it came over.</summary>
    public static InboundTerms Of(TrunkConnection trunk) => new(trunk.Trunk.T38, trunk.Trunk.Audio, trunk.Credentials);

    /// <summary>Those of calls that come over no trunk.</summary>
    public static InboundTerms Of(EmbeddedLineOptions options) => new(options.InboundT38, new TrunkAudio { Symmetric = options.InboundSymmetricMedia });
}
