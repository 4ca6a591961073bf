using System.Buffers;

namespace Faxbot.Documents;

/// <summary>Tells kinds of files apart by how they begin; a file's name says nothing.</summary>
public static class DocumentSniffer
{
    /// <summary>Octets that suffice.</summary>
    public const int Needed = 1024;

    // Control characters other than tab, line feed, form feed and carriage return.
    private static readonly SearchValues<byte> NotText =
        SearchValues.Create([.. Enumerable.Range(0, 32).Where(c => c is not ('\t' or '\n' or '\f' or '\r')).Select(c => (byte)c), 127]);

    // What people send by mistake, and what to do about it. PostScript, RTF and HTML would pass for text.
    private static readonly (byte[] Start, string What, string Fix)[] Others =
    [
        ([.. "PK"u8, 3, 4], "an Office document or a ZIP archive", "Save it as PDF and send that."),
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "an old Office document", "Save it as PDF and send that."),
        ([.. "%!"u8], "PostScript", "Convert it to PDF and send that."),
        ([.. "{\\rtf"u8], "a rich-text document", "Save it as PDF and send that."),
        ([.. "<!DOCTYPE"u8], "a web page", "Print it to PDF and send that."),
        ([.. "<!doctype"u8], "a web page", "Print it to PDF and send that."),
        ([.. "<html"u8], "a web page", "Print it to PDF and send that."),
        ([.. "GIF8"u8], "a GIF picture", "Save it as PNG and send that."),
        ([.. "RIFF"u8], "a WebP picture or a recording", "Save a picture as PNG or JPEG and send that."),
        ([0, 0, 0], "a HEIC picture or a film", "Save a picture as JPEG and send that."),
        ([0xFF, 0xFE], "text in UTF-16", "Save it as UTF-8 and send that."),
        ([0xFE, 0xFF], "text in UTF-16", "Save it as UTF-8 and send that."),
        ([0x1F, 0x8B], "compressed with gzip", "Unpack it and send what is in it."),
    ];

    /// <summary>Tells the kind.</summary>
    /// <param name="start">How the file begins: <see cref="Needed"/> octets, or all it has.</param>
    public static DocumentKind Sniff(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith<byte>([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])) return DocumentKind.Png;
        if (start.StartsWith<byte>([0xFF, 0xD8, 0xFF])) return DocumentKind.Jpeg;
        if (start is [0x49, 0x49, 0x2A or 0x2B, 0, ..] or [0x4D, 0x4D, 0, 0x2A or 0x2B, ..]) return DocumentKind.Tiff;
        // PDF readers take a header anywhere in the first 1024 octets.
        if (start.IndexOf("%PDF-"u8) >= 0) return DocumentKind.Pdf;
        return Other(start) is null && !start.ContainsAny(NotText) ? DocumentKind.Text : DocumentKind.Unknown;
    }

    /// <summary>A sentence about a file of unknown kind: what it is, and what to send in its place.</summary>
    public static string Advice(string name, ReadOnlySpan<byte> start) => Other(start) is var (what, fix)
        ? $"{name} is {what}, which cannot be faxed as it is. {fix}"
        : $"{name} is none of the kinds of files that can be faxed. Send PDF, TIFF, PNG, JPEG or UTF-8 text.";

    /// <summary>The error for a file of unknown kind.</summary>
    internal static DocumentException Refusal(string name, ReadOnlySpan<byte> start) => new(DocumentErrorClass.UnsupportedType, Advice(name, start));

    private static (string What, string Fix)? Other(ReadOnlySpan<byte> start)
    {
        foreach (var (begin, what, fix) in Others)
        {
            if (start.StartsWith(begin)) return (what, fix);
        }

        return null;
    }
}
