using Faxbot.Documents.Confinement;

namespace Faxbot.Documents;

/// <summary>What became of documents: pages, or the one error that kept them from becoming any.</summary>
public sealed record RenderOutcome
{
    /// <summary>Why there are no pages; null when all went well.</summary>
    public DocumentError? Error { get; init; }

    /// <summary>The pages, in order; empty on an error.</summary>
    public IReadOnlyList<RenderedPage> Pages { get; init; } = [];

    /// <summary>What may look other than meant: the renderer's complaints, characters without a glyph. At most a few lines.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>How the PDF renderer was confined; null when none ran.</summary>
    public ConfinementLevel? Confinement { get; init; }

    /// <summary>How many pages there are.</summary>
    public int PageCount => Pages.Count;
}

/// <summary>What was decided for a page.</summary>
/// <param name="Document">Which of the files it is from, counted from 0.</param>
/// <param name="SourcePage">Which page of that file it is, counted from 1.</param>
/// <param name="Rows">Lines.</param>
/// <param name="Scale">1 is true size where the document has one; less is reduced.</param>
/// <param name="IsTurned">Landscape, turned a quarter to the left to fit.</param>
/// <param name="IsFlattened">A scan or photograph of paper, whose paper was made white.</param>
/// <param name="DitheredShare">How much of it is picture, drawn in dots: 0 to 1.</param>
/// <param name="CodedOctets">Octets of the page in the file, MMR.</param>
public sealed record RenderedPage(
    int Document, int SourcePage, int Rows, double Scale, bool IsTurned, bool IsFlattened, double DitheredShare, long CodedOctets);
