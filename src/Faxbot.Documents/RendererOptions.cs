using Faxbot.Documents.Confinement;

namespace Faxbot.Documents;

/// <summary>The programs that draw PDF. They are poppler's, run as processes of their own, and never see more than the one file.</summary>
public sealed record RendererOptions
{
    /// <summary>The program that draws pages.</summary>
    public string PdfToPpm { get; init; } = "/usr/bin/pdftoppm";

    /// <summary>The program that tells the pages' number and sizes.</summary>
    public string PdfInfo { get; init; } = "/usr/bin/pdfinfo";

    /// <summary>The least confinement to accept. Where the machine permits less, PDF is refused.</summary>
    public ConfinementLevel LeastConfinement { get; init; } = ConfinementLevel.LimitsOnly;

    /// <summary>The most confinement to use, so that each level can be tried on a machine that permits more.</summary>
    internal ConfinementLevel MostConfinement { get; init; } = ConfinementLevel.Sandbox;
}
