using System.Globalization;
using System.Text;

namespace Faxbot.Documents.Tests.Support;

/// <summary>A page of a PDF: its size in points, what is drawn on it, how it is to be turned, and what else its dictionary says.</summary>
internal sealed record TestPdfPage(double Width, double Height, string Content, int Rotate = 0, string Attributes = "");

/// <summary>Writes small PDFs.</summary>
internal static class TestPdf
{
    public const double A4Width = 595.276, A4Height = 841.89, LetterWidth = 612, LetterHeight = 792;

    /// <summary>A frame along the page's very edge, 3 points wide, and a solid square of 36 points near its upper left corner.</summary>
    public static TestPdfPage Framed(double width, double height, int rotate = 0) => new(width, height, Text(
        $"3 w 1.5 1.5 {width - 3} {height - 3} re S 30 {height - 66} 36 36 re f"), rotate);

    /// <summary>A line of type at the upper left, an inch from the edges.</summary>
    public static TestPdfPage Lettered(double width, double height, string text) => new(width, height, Text(
        $"BT /F 16 Tf 72 {height - 96} Td ({text}) Tj ET"));

    public static string Write(string path, params TestPdfPage[] pages)
    {
        using var output = new MemoryStream();
        var offsets = new List<long>();
        Put(output, "%PDF-1.4\n");
        Object(output, offsets, "<</Type/Catalog/Pages 2 0 R>>");
        var kids = string.Join(' ', Enumerable.Range(0, pages.Length).Select(i => Text($"{4 + (2 * i)} 0 R")));
        Object(output, offsets, Text($"<</Type/Pages/Count {pages.Length}/Kids[{kids}]>>"));
        Object(output, offsets, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold>>");
        for (var i = 0; i < pages.Length; i++)
        {
            var page = pages[i];
            Object(output, offsets, Text(
                $"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {page.Width} {page.Height}]/Rotate {page.Rotate}{page.Attributes}/Contents {5 + (2 * i)} 0 R/Resources<</Font<</F 3 0 R>>>>>>"));
            Object(output, offsets, Text($"<</Length {page.Content.Length}>>stream\n{page.Content}\nendstream"));
        }

        var table = output.Position;
        Put(output, Text($"xref\n0 {offsets.Count + 1}\n0000000000 65535 f \n"));
        foreach (var offset in offsets) Put(output, Text($"{offset:D10} 00000 n \n"));
        Put(output, Text($"trailer<</Size {offsets.Count + 1}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n"));
        File.WriteAllBytes(path, output.ToArray());
        return path;
    }

    private static void Object(Stream output, List<long> offsets, string body)
    {
        offsets.Add(output.Position);
        Put(output, Text($"{offsets.Count} 0 obj\n{body}\nendobj\n"));
    }

    private static void Put(Stream output, string text) => output.Write(Encoding.Latin1.GetBytes(text));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
