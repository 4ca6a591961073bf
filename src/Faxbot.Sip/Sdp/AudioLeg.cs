namespace Faxbot.Sip.Sdp;

/// <summary>Where and how to send audio to the peer.</summary>
/// <param name="Address">The peer's address or host name.</param>
/// <param name="Port">Its RTP port.</param>
/// <param name="Codecs">What it receives, in its order of preference.</param>
/// <param name="Direction">As the peer sees it.</param>
public sealed record AudioLeg(string Address, int Port, IReadOnlyList<SdpCodec> Codecs, SdpDirection Direction)
{
    /// <summary>The packet time that the peer asks for; 20 ms where it does not.</summary>
    public TimeSpan PacketTime { get; init; }

    /// <summary>The address is 0.0.0.0: nothing may be sent.</summary>
    public bool IsHeld { get; init; }
}
