namespace Faxbot.Documents.Pdf;

/// <summary>How large a page of a PDF is as one looks at it (turned by its own rotation), in points of 1/72 inch.</summary>
internal readonly record struct PdfPageSize(double Width, double Height);
