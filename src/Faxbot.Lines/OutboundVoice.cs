using Faxbot.Lines.Embedded.Signalling;
using Faxbot.Lines.Recordings;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Lines;

/// <summary>A recording to be played to a number.</summary>
public sealed record OutboundVoice
{
    /// <summary>The trunk that carries it.</summary>
    public required TrunkProfile Trunk { get; init; }

    /// <summary>The number, E.164 with plus sign or as the trunk takes it.</summary>
    public required string To { get; init; }

    /// <summary>What is played.</summary>
    public required Recording Recording { get; init; }

    /// <summary>The caller number; null leaves it to the trunk profile.</summary>
    public string? From { get; init; }

    /// <summary>The id of the attempt, by which its call is found again in a provider's records.</summary>
    public string Reference { get; init; } = "";

    /// <summary>Whose trunk it is; see <see cref="Embedded.EmbeddedLine.Connect"/>.</summary>
    public string Holder { get; init; } = "";

    /// <summary>Silence after the answer: a handset takes a moment to reach an ear, and media a moment to find its way.</summary>
    public TimeSpan LeadIn { get; init; } = TimeSpan.FromMilliseconds(600);

    // A call that plays a recording offers audio alone, and asks for no fax device.
    internal InviteTarget Target => new(
        Trunk with { T38 = Trunk.T38 with { InFirstOffer = false }, Signalling = Trunk.Signalling with { PreferFax = false } }, To, From, Reference);
}
