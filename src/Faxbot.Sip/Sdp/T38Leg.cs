namespace Faxbot.Sip.Sdp;

/// <summary>Where and how to send T.38 to the peer.</summary>
/// <param name="Address">The peer's address or host name.</param>
/// <param name="Port">Its UDPTL port.</param>
/// <param name="Attributes">What its media line says.</param>
public sealed record T38Leg(string Address, int Port, T38Attributes Attributes);
