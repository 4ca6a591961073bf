using Faxbot.Imaging.Pages;

namespace Faxbot.Documents;

/// <summary>How documents become fax pages. Immutable.</summary>
public sealed record RenderOptions
{
    /// <summary>The pages' resolution.</summary>
    public FaxResolution Resolution { get; init; } = FaxResolution.Fine;

    /// <summary>The pages' length.</summary>
    public PaperSize Paper { get; init; }

    /// <summary>How grey becomes black and white.</summary>
    public RenderQuality Quality { get; init; }

    /// <summary>The line at the top of each page; none when null.</summary>
    public HeaderLine? Header { get; init; }

    /// <summary>What a rendering may take.</summary>
    public RenderLimits Limits { get; init; } = new();

    /// <summary>The programs that draw PDF, and how they are confined.</summary>
    public RendererOptions Renderer { get; init; } = new();

    /// <summary>Where fonts are looked for, before the system's usual folders.</summary>
    public IReadOnlyList<string> FontFolders { get; init; } = [];

    /// <summary>Where private folders for intermediate files are made; the system's folder for such files when null.</summary>
    public string? TempFolder { get; init; }

    /// <summary>The raster that the pages are in: as wide as A4, Letter and Legal are at the resolution.</summary>
    public PageFormat Format => new(Resolution switch
    {
        FaxResolution.R16 or FaxResolution.Inch400 => 3456,
        FaxResolution.Inch300 => 2592,
        FaxResolution.Inch600 => 5184,
        _ => 1728,
    }, Resolution);
}
