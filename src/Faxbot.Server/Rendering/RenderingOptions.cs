using Faxbot.Documents;

namespace Faxbot.Server.Rendering;

/// <summary>How the gateway draws documents.</summary>
internal sealed record RenderingOptions
{
    /// <summary>The sender's name in the header line of each page; empty names only the numbers, null draws no line unless the fax brings one.</summary>
    public string? Header { get; init; }

    /// <summary>The pages' length.</summary>
    public PaperSize Paper { get; init; }

    /// <summary>What one document may take.</summary>
    public RenderLimits Limits { get; init; } = new();

    /// <summary>The time zone of header lines.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Local;

    /// <summary>Where documents lie in plain while they are drawn.</summary>
    public required string Folder { get; init; }
}
