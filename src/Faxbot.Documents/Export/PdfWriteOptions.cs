namespace Faxbot.Documents.Export;

/// <summary>What a PDF of fax pages says about itself.</summary>
public sealed record PdfWriteOptions
{
    /// <summary>The document's title; none when null.</summary>
    public string? Title { get; init; }

    /// <summary>When the fax was received or made; none when null.</summary>
    public DateTimeOffset? Created { get; init; }
}
