using System.Text;
using Faxbot.Imaging.Pages;
using Faxbot.Imaging.Tiff;

namespace Faxbot.Sdk.Testing.Harness;

/// <summary>The document that tests send: three pages of lines, the same each time.</summary>
internal sealed class SampleFax : IFaxDocument
{
    public const int Pages = 3;

    /// <summary>Who it is about. Personal: it must never be seen in a log.</summary>
    public const string Person = "Erika Mustermann";

    /// <summary>What its pages say.</summary>
    public const string Text = $"Laboratory report of {Person}";

    private const int Width = 1728, Rows = 500;

    public int PageCount => Pages;

    /// <summary>The document as TIFF-F.</summary>
    public static byte[] Tiff()
    {
        using var content = new MemoryStream();
        using (var writer = new TiffFaxWriter(content, leaveOpen: true))
        using (var fax = new SampleFax())
        {
            for (var page = 0; page < Pages; page++)
            {
                using var rows = fax.OpenPage(page);
                writer.BeginPage(rows.Format, FaxCoding.Mmr);
                var row = new byte[rows.Format.Stride];
                while (rows.TryReadRow(row)) writer.WriteRow(row);
                writer.EndPage(0, 0);
            }

            writer.Complete();
        }

        return content.ToArray();
    }

    /// <summary>The document as PDF.</summary>
    public static byte[] Pdf()
    {
        var kids = string.Join(' ', Enumerable.Range(0, Pages).Select(page => $"{3 + page} 0 R"));
        var pages = string.Concat(Enumerable.Range(0, Pages).Select(page =>
            $"{3 + page} 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 9 0 R /Resources << /Font << /F 8 0 R >> >> >> endobj\n"));
        var text = $"BT /F 12 Tf 72 720 Td ({Text}) Tj ET";
        return Encoding.ASCII.GetBytes(
            "%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n"
            + $"2 0 obj << /Type /Pages /Count {Pages} /Kids [{kids}] >> endobj\n{pages}"
            + $"8 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> endobj\n9 0 obj << /Length {text.Length} >> stream\n{text}\nendstream endobj\n"
            + "trailer << /Root 1 0 R >>\n%%EOF\n");
    }

    public IPageReader OpenPage(int index) => new Reader(index);

    public void Dispose()
    {
    }

    private sealed class Reader(int page) : IPageReader
    {
        private int _next;

        public PageFormat Format => new(Width, FaxResolution.Fine);

        public bool TryReadRow(Span<byte> row)
        {
            if (_next == Rows) return false;
            // Marks that differ from row to row and from page to page, so that there is something to code.
            for (var i = 0; i < Format.Stride; i++) row[i] = (byte)((_next / 8 % 3, (i + _next + page) % 5) is (0, < 2) ? 0x3C << (_next + page) % 3 : 0);
            _next++;
            return true;
        }

        public void Dispose()
        {
        }
    }
}
