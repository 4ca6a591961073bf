using System.Text;
using Faxbot.Documents;
using Faxbot.Server.Api;

namespace Faxbot.Server.Faxes;

/// <summary>Tells what a document is from its first octets. It is not read any further in this process.</summary>
internal static class DocumentType
{
    private const int LongestRune = 4;

    /// <summary>Its media type.</summary>
    /// <param name="start">Its first octets, at least <see cref="DocumentSniffer.Needed"/> or all.</param>
    /// <exception cref="ProblemException">It is of no kind that can be faxed.</exception>
    public static string Of(ReadOnlySpan<byte> start) => DocumentSniffer.Sniff(start[..Math.Min(start.Length, DocumentSniffer.Needed)]) switch
    {
        DocumentKind.Pdf => "application/pdf",
        DocumentKind.Tiff => "image/tiff",
        DocumentKind.Png => "image/png",
        DocumentKind.Jpeg => "image/jpeg",
        DocumentKind.Text when IsUtf8(start) => "text/plain",
        DocumentKind.Text => throw new ProblemException(ProblemKind.UnsupportedType, "file: The text is not UTF-8. Save it as UTF-8 and send that."),
        _ => throw new ProblemException(ProblemKind.UnsupportedType, DocumentSniffer.Advice("The file", start)),
    };

    // The start may end within a character.
    private static bool IsUtf8(ReadOnlySpan<byte> start)
    {
        while (!start.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(start, out _, out var used);
            if (status == System.Buffers.OperationStatus.NeedMoreData) return start.Length < LongestRune;
            if (status != System.Buffers.OperationStatus.Done) return false;
            start = start[used..];
        }

        return true;
    }
}
