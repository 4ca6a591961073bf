using System.Buffers;
using System.Globalization;
using System.Text;
using Faxbot.Imaging.Pages;
using Faxbot.Imaging.T4;

namespace Faxbot.Documents.Export;

/// <summary>
/// Writes fax pages as a PDF: each page is its bits, coded in T.6 (CCITTFaxDecode, K -1), lossless, at its true size. Of a page only its
/// coded octets are held, some ten thousand. The file is complete after <see cref="Complete"/>. Not thread-safe.
/// </summary>
public sealed class FaxPdfWriter
{
    private const int Catalog = 1, PageTree = 2, Information = 3, FirstPage = 4;
    private const int ObjectsOfPage = 3; // The page, its contents and its image.
    private const double PointsPerInch = 72;

    private readonly Stream _output;
    private readonly PdfWriteOptions _options;
    private readonly SortedDictionary<int, long> _offsets = [];
    private readonly ArrayBufferWriter<byte> _coded = new();
    private long _position;
    private bool _isComplete;

    /// <summary>Begins a file.</summary>
    /// <param name="output">Writable; need not seek; stays open.</param>
    /// <param name="options">Defaults: no title, no date.</param>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public FaxPdfWriter(Stream output, PdfWriteOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        (_output, _options) = (output, options ?? new PdfWriteOptions());
        // ISO 32000-1, 7.5.2: four octets above 127 tell transports that this is no text.
        Write([.. "%PDF-1.4\n%"u8, 0xE2, 0xE3, 0xCF, 0xD3, (byte)'\n']);
    }

    /// <summary>Pages written.</summary>
    public int PageCount { get; private set; }

    /// <summary>Writes all pages of a document and completes the file.</summary>
    /// <exception cref="InvalidDataException">A page has no row, or there is no page.</exception>
    /// <exception cref="IOException">A stream cannot be read or written.</exception>
    public static void Write(IFaxDocument document, Stream output, PdfWriteOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        var writer = new FaxPdfWriter(output, options);
        for (var i = 0; i < document.PageCount; i++)
        {
            using var page = document.OpenPage(i);
            writer.AddPage(page);
        }

        writer.Complete();
    }

    /// <summary>Writes the rows that a reader has left as the next page.</summary>
    /// <exception cref="InvalidDataException">The page has no row.</exception>
    /// <exception cref="InvalidOperationException">The file is complete.</exception>
    /// <exception cref="IOException">A stream cannot be read or written.</exception>
    public void AddPage(IPageReader page)
    {
        ArgumentNullException.ThrowIfNull(page);
        if (_isComplete) throw new InvalidOperationException("The file is complete.");
        var rows = Code(page);
        if (rows == 0) throw new InvalidDataException("The page has no row.");
        var (across, down) = page.Format.Resolution.Dpi();
        var (width, height) = (Number(page.Format.Width / across * PointsPerInch), Number(rows / down * PointsPerInch));
        var first = FirstPage + (ObjectsOfPage * PageCount);
        var (contents, image) = (first + 1, first + 2);
        WriteObject(first, $"<</Type/Page/Parent {PageTree} 0 R/MediaBox[0 0 {width} {height}]/Contents {contents} 0 R/Resources<</XObject<</Fax {image} 0 R>>>>>>");
        var drawing = $"{width} 0 0 {height} 0 0 cm/Fax Do";
        WriteObject(contents, $"<</Length {Number(drawing.Length)}>>stream\n{drawing}\nendstream");
        var parameters = $"/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns {Number(page.Format.Width)}/Rows {Number(rows)}>>";
        Begin(image);
        Write($"<</Type/XObject/Subtype/Image/Width {Number(page.Format.Width)}/Height {Number(rows)}/ColorSpace/DeviceGray/BitsPerComponent 1{parameters}");
        Write($"/Length {Number(_coded.WrittenCount)}>>stream\n");
        Write(_coded.WrittenSpan);
        Write("\nendstream\nendobj\n");
        PageCount++;
    }

    /// <summary>Writes what follows the pages: their list, the catalogue and the table of all objects.</summary>
    /// <exception cref="InvalidDataException">There is no page: viewers take no PDF without one.</exception>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public void Complete()
    {
        if (_isComplete) return;
        if (PageCount == 0) throw new InvalidDataException("There is no page.");
        _isComplete = true;
        var kids = string.Join(' ', Enumerable.Range(0, PageCount).Select(i => $"{Number(FirstPage + (ObjectsOfPage * i))} 0 R"));
        WriteObject(PageTree, $"<</Type/Pages/Count {Number(PageCount)}/Kids[{kids}]>>");
        WriteObject(Catalog, $"<</Type/Catalog/Pages {PageTree} 0 R>>");
        WriteObject(Information, $"<</Producer(Faxbot){Title()}{Created()}>>");
        var table = _position;
        var size = _offsets.Count + 1;
        Write($"xref\n0 {Number(size)}\n0000000000 65535 f \n");
        foreach (var offset in _offsets.Values) Write(string.Create(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n"));
        Write($"trailer\n<</Size {Number(size)}/Root {Catalog} 0 R/Info {Information} 0 R>>\nstartxref\n{Number(table)}\n%%EOF\n");
        _output.Flush();
    }

    private int Code(IPageReader page)
    {
        _coded.ResetWrittenCount();
        var encoder = new FaxEncoder(FaxCoding.Mmr, page.Format.Width);
        var (row, rows) = (new byte[page.Format.Stride], 0);
        for (; page.TryReadRow(row); rows++) _coded.Advance(encoder.EncodeRow(row, _coded.GetSpan(encoder.MaxRowOctets)));
        _coded.Advance(encoder.Finish(_coded.GetSpan(encoder.MaxRowOctets)));
        return rows;
    }

    // ISO 32000-1, 7.9.2.2: text beyond ASCII is UTF-16 with a byte order mark; hexadecimal, so that nothing need be escaped.
    private string Title() => string.IsNullOrEmpty(_options.Title) ? string.Empty : $"/Title<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(_options.Title))}>";

    // ISO 32000-1, 7.9.4: D:YYYYMMDDHHmmSS, in UTC.
    private string Created() => _options.Created is { } created
        ? string.Create(CultureInfo.InvariantCulture, $"/CreationDate(D:{created.UtcDateTime:yyyyMMddHHmmss}Z)")
        : string.Empty;

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    private void WriteObject(int number, string body)
    {
        Begin(number);
        Write(body);
        Write("\nendobj\n");
    }

    private void Begin(int number)
    {
        _offsets[number] = _position;
        Write($"{Number(number)} 0 obj\n");
    }

    private void Write(string text) => Write(Encoding.ASCII.GetBytes(text));

    private void Write(ReadOnlySpan<byte> octets)
    {
        _output.Write(octets);
        _position += octets.Length;
    }
}
