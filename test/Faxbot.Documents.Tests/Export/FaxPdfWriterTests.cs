using System.Globalization;
using System.Text;
using Faxbot.Documents.Export;
using Faxbot.Documents.Tests.Support;
using Faxbot.Imaging.Pages;
using Faxbot.Testing;
using Faxbot.Testing.Faxes;
using Faxbot.Testing.Processes;

namespace Faxbot.Documents.Tests.Export;

public sealed class FaxPdfWriterTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData(FaxResolution.Standard)]
    [InlineData(FaxResolution.Fine)]
    [InlineData(FaxResolution.Superfine)]
    [InlineData(FaxResolution.Inch300)]
    public async Task Independent_readers_find_a_sound_file_with_every_bit_in_it(FaxResolution resolution)
    {
        await DebianPackages.EnsureAsync("qpdf", "poppler-utils");
        var width = new RenderOptions { Resolution = resolution }.Format.Width;
        PageBitmap[] pages = [SamplePages.Text(width, 1100, 1), SamplePages.Noise(width, 300, 0.4, 2), new PageBitmap(width, 1), SamplePages.Text(width, 2000, 3)];
        var path = Write(resolution, new PdfWriteOptions { Title = "Fax (от) 1", Created = DateTimeOffset.UnixEpoch }, pages);

        await ProcessRunner.RunSuccessfullyAsync("qpdf", ["--check", path]);
        var info = (await ProcessRunner.RunSuccessfullyAsync("pdfinfo", ["-isodates", path])).Output;
        Assert.Contains("Title:           Fax (от) 1\n", info, StringComparison.Ordinal);
        Assert.Contains("1970-01-01T00:00:00Z", info, StringComparison.Ordinal);
        Assert.Matches(@"Pages: +4\n", info);

        await ProcessRunner.RunSuccessfullyAsync("pdfimages", [path, _folder.Of("image")]);
        for (var i = 0; i < pages.Length; i++) AssertSame(pages[i], await File.ReadAllBytesAsync(_folder.Of($"image-{i:D3}.pbm"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_page_is_as_large_as_it_is_on_paper()
    {
        await DebianPackages.EnsureAsync("poppler-utils");
        var path = Write(FaxResolution.Standard, null, new PageBitmap(1728, 1144));
        var info = (await ProcessRunner.RunSuccessfullyAsync("pdfinfo", [path])).Output;
        var size = info.Split('\n').Single(line => line.StartsWith("Page size:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(215 / 25.4 * 72, double.Parse(size[2], CultureInfo.InvariantCulture), 1);
        Assert.Equal(1144 / 3.85 / 25.4 * 72, double.Parse(size[4], CultureInfo.InvariantCulture), 1);
    }

    [Fact]
    public async Task A_page_costs_some_ten_thousand_octets()
    {
        var letter = RepositoryRoot.Of("samples", "letter.pdf");
        using var bench = new RenderBench();
        await bench.PagesOfAsync(null, letter);
        var path = Write(FaxResolution.Fine, null, [.. bench.Pages.Take(2)]);
        Assert.True(new FileInfo(path).Length < 2 * 30_000);
    }

    [Fact]
    public void A_page_without_rows_and_a_file_without_pages_are_refused()
    {
        var writer = new FaxPdfWriter(new MemoryStream());
        Assert.Throws<InvalidDataException>(() => writer.AddPage(new BitmapDocument(FaxResolution.Fine, new PageBitmap(1728, 0)).OpenPage(0)));
        Assert.Throws<InvalidDataException>(writer.Complete);
    }

    [Fact]
    public void A_stream_that_cannot_seek_will_do()
    {
        using var whole = new MemoryStream();
        using var oneWay = new System.IO.Compression.BrotliStream(new MemoryStream(), System.IO.Compression.CompressionLevel.Fastest);
        using var document = new BitmapDocument(FaxResolution.Fine, SamplePages.Text(1728, 200, 4));
        FaxPdfWriter.Write(document, whole);
        FaxPdfWriter.Write(document, oneWay);
        Assert.EndsWith("%%EOF\n", Encoding.ASCII.GetString(whole.ToArray()), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private string Write(FaxResolution resolution, PdfWriteOptions? options, params PageBitmap[] pages)
    {
        var path = _folder.Of("pages.pdf");
        using var output = File.Create(path);
        using var document = new BitmapDocument(resolution, pages);
        FaxPdfWriter.Write(document, output, options);
        return path;
    }

    // PBM P4: "P4\nW H\n", then rows of octets, 1 is black.
    private static void AssertSame(PageBitmap page, byte[] pbm)
    {
        var header = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"P4\n{page.Width} {page.Height}\n"));
        Assert.True(pbm.AsSpan().StartsWith(header));
        Assert.True(pbm.AsSpan(header.Length).SequenceEqual(page.Rows));
    }
}
