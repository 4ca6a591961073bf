namespace Faxbot.Sip.Sdp;

/// <summary>Our side of an offer or answer.</summary>
/// <param name="Origin">The origin to write; <see cref="SdpOrigin.WithNextVersion"/> of the last one whenever the description
/// changes.</param>
/// <param name="Address">Where we receive media.</param>
/// <param name="Port">The port of the medium in question.</param>
public sealed record SdpParty(SdpOrigin Origin, string Address, int Port);
