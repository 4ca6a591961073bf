using Faxbot.Sdk.Numbers;

namespace Faxbot.Server.Inbound;

/// <summary>Which received faxes are asked for, newest first.</summary>
internal sealed record InboundQuery
{
    public PhoneNumber? To { get; init; }

    public string? Status { get; init; }

    public string? Mailbox { get; init; }

    public int Limit { get; init; } = 50;

    public int Offset { get; init; }
}
