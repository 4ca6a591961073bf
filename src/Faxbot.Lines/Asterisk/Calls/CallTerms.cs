using Faxbot.Sdk.Trunks;

namespace Faxbot.Lines.Asterisk.Calls;

/// <summary>What a call's machine goes by.</summary>
internal sealed record CallTerms
{
    /// <summary>Pages that are to be sent.</summary>
    public required int PagesTotal { get; init; }

    /// <summary>The page of the document that the first one is, counted from 0.</summary>
    public int FirstPage { get; init; }

    /// <summary>What answers of the trunk mean.</summary>
    public IReadOnlyList<TrunkFailureRule> Failures { get; init; } = [];

    /// <summary>What the trunk needs of T.38.</summary>
    public TrunkT38 T38 { get; init; } = new();

    /// <summary>The call lasts no longer.</summary>
    public TimeSpan MaxDuration { get; init; } = TimeSpan.FromHours(3);

    /// <summary>A far end that answered begins a page within this.</summary>
    public TimeSpan NoFaxAfter { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>The connection to Asterisk may be away for so long.</summary>
    public TimeSpan ReconnectPatience { get; init; } = TimeSpan.FromMinutes(10);
}
