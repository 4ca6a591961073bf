using Faxbot.Client;

namespace Faxbot.Cli.Gateways;

/// <summary>Where the gateway is and which key to show it.</summary>
/// <param name="Address">Its API.</param>
/// <param name="Key">The key; null when none is known.</param>
/// <param name="IsNamed">Whether the user named it: then no other may take its place.</param>
internal sealed record GatewayAccess(Uri Address, string? Key, bool IsNamed = false)
{
    /// <summary>A client for it; the caller disposes it.</summary>
    public FaxbotClient Connect() => new(Address, Key);
}
