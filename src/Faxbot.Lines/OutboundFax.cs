using Faxbot.Imaging.Pages;
using Faxbot.Lines.Embedded.Signalling;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Lines;

/// <summary>A fax to be sent.</summary>
public sealed record OutboundFax
{
    /// <summary>The trunk that carries it.</summary>
    public required TrunkProfile Trunk { get; init; }

    /// <summary>Whose trunk it is, as it was said when it was connected: the calls of one holder count together.</summary>
    public string Holder { get; init; } = "";

    /// <summary>The number, E.164 with plus sign or as the trunk takes it.</summary>
    public required string To { get; init; }

    /// <summary>The pages; the caller keeps and disposes them.</summary>
    public required IFaxDocument Document { get; init; }

    /// <summary>The caller number; null leaves it to the trunk profile.</summary>
    public string? From { get; init; }

    /// <summary>The station identification in TSI, up to 20 characters; null sends the caller number, empty none.</summary>
    public string? Identity { get; init; }

    /// <summary>A subaddress at the receiver (SUB).</summary>
    public string? Subaddress { get; init; }

    /// <summary>The sender identification that some receivers ask for (SID).</summary>
    public string? SenderIdentification { get; init; }

    /// <summary>The id of the attempt, by which its call is found again in a provider's records.</summary>
    public string Reference { get; init; } = "";

    /// <summary>The page to begin with, counted from 0.</summary>
    public int FirstPage { get; init; }

    /// <summary>Whether error correction may be used, if the trunk profile allows it too.</summary>
    public bool Ecm { get; init; } = true;

    /// <summary>The highest rate, bits per second, if the trunk profile does not set a lower one.</summary>
    public int MaxBitRate { get; init; } = 14_400;

    internal InviteTarget Target => new(Trunk, To, From, Reference);
}
