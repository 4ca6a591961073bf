namespace Faxbot.Testing.Captures;

/// <summary>An expert item on a frame. Malformed packets are errors.</summary>
/// <param name="Frame">Number of the frame, from 1.</param>
/// <param name="Protocols">What it was decoded as: <c>ip:udp:t38</c>.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Message">What tshark says.</param>
public sealed record TsharkFinding(int Frame, string Protocols, TsharkSeverity Severity, string Message);
