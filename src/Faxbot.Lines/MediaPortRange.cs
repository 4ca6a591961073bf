namespace Faxbot.Lines;

/// <summary>Neighbouring UDP ports for audio and T.38; a call takes two even ones (RFC 3550 11, and what T.38 gateways expect).</summary>
/// <param name="First">The lowest.</param>
/// <param name="Last">The highest.</param>
public sealed record MediaPortRange(int First, int Last);
