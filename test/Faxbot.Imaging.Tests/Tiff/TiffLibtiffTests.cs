using Faxbot.Imaging.Pages;
using Faxbot.Imaging.Tests.T4;
using Faxbot.Imaging.Tiff;
using Faxbot.Testing;

namespace Faxbot.Imaging.Tests.Tiff;

/// <summary>libtiff reads what we write and writes what we read.</summary>
public class TiffLibtiffTests
{
    private static readonly PageBitmap[] Pages =
        [Pictures.Make(1728, 500, 20, 50, 1), Pictures.Noise(1728, 50, 2), Pictures.Make(2432, 301, 100, 95, 3), new(2048, 10)];

    public static TheoryData<string[]> Copies => new([
        ["-c", "none"],
        ["-c", "g3"],
        ["-c", "g3:1d:fill"],
        ["-c", "g3:2d"],
        ["-c", "g3:2d:fill"],
        ["-c", "g4"],
        ["-c", "none", "-f", "lsb2msb"],
        ["-c", "g3", "-f", "lsb2msb"],
        ["-c", "g4", "-f", "lsb2msb"],
        ["-c", "none", "-B"],
        ["-c", "g4", "-B", "-f", "lsb2msb"],
        ["-c", "none", "-r", "1"],
        ["-c", "g3", "-r", "7"],
        ["-c", "g3:2d", "-r", "64", "-B"],
        ["-c", "g4", "-r", "1"],
        ["-c", "g4", "-r", "100", "-f", "lsb2msb"],
    ]);

    [Theory]
    [MemberData(nameof(Copies))]
    public async Task We_read_what_tiffcp_writes(string[] options)
    {
        using var folder = new TempFolder();
        await WriteAsync(folder.Of("ours.tif"), FaxCoding.Mmr);
        await TiffTools.RunAsync("tiffcp", [.. options, folder.Of("ours.tif"), folder.Of("theirs.tif")]);
        AssertHoldsPages(folder.Of("theirs.tif"));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(null, true)]
    [InlineData(FaxCoding.Mh, false)]
    [InlineData(FaxCoding.Mh, true)]
    [InlineData(FaxCoding.Mr, false)]
    [InlineData(FaxCoding.Mr, true)]
    [InlineData(FaxCoding.Mmr, false)]
    [InlineData(FaxCoding.Mmr, true)]
    public async Task Tiffcp_reads_what_we_write(FaxCoding? coding, bool leastFirst)
    {
        using var folder = new TempFolder();
        await WriteAsync(folder.Of("ours.tif"), coding, new TiffWriteOptions { LeastSignificantFirst = leastFirst });
        await TiffTools.RunAsync("tiffcp", "-c", "none", folder.Of("ours.tif"), folder.Of("theirs.tif"));
        AssertHoldsPages(folder.Of("theirs.tif"));
    }

    [Fact]
    public async Task Tiffinfo_shows_the_tags_that_we_write()
    {
        using var folder = new TempFolder();
        var options = new TiffWriteOptions { Written = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(9)), Software = "Fax" };
        using (var writer = TiffFaxWriter.Create(folder.Of("fax.tif"), options))
        {
            TiffFiles.WritePage(writer, FaxCoding.Mr, FaxResolution.Standard, Pages[0]);
            TiffFiles.WritePage(writer, FaxCoding.Mmr, FaxResolution.R16, Pages[1]);
            writer.BeginPage(new PageFormat(1728, FaxResolution.Fine), FaxCoding.Mh);
            for (var y = 0; y < 50; y++) writer.WriteRow(Pages[0].Row(y));
            writer.EndPage(badRows: 9, longestBadRun: 4);
            writer.Complete();
        }

        var pages = (await TiffTools.RunAsync("tiffinfo", folder.Of("fax.tif"))).Split("TIFF Directory at")[1..];
        Assert.Equal(3, pages.Length);
        AssertShows(pages[0], "multi-page document", "Image Width: 1728 Image Length: 500", "Resolution: 204, 98 pixels/inch",
            "Bits/Sample: 1", "CCITT Group 3", "min-is-white", "FillOrder: msb-to-lsb", "row 0 top, col 0 lhs", "Samples/Pixel: 1",
            "Rows/Strip: 500", "Page Number: 0-3", "Software: Fax", "DateTime: 2026:01:02 03:04:05", "2-d encoding");
        AssertShows(pages[1], "CCITT Group 4", "Resolution: 408, 391 pixels/inch", "Page Number: 1-3", "Group 4 Options: (0 = 0x0)");
        AssertShows(pages[2], "Resolution: 204, 196 pixels/inch", "Page Number: 2-3", "Fax Data: receiver regenerated (1 = 0x1)",
            "Bad Fax Lines: 9", "Consecutive Bad Fax Lines: 4");
    }

    [Theory]
    [InlineData("g3")]
    [InlineData("g3:2d")]
    [InlineData("g4")]
    public async Task Coded_octets_of_libtiff_s_files_are_passed_on_unchanged(string compression)
    {
        using var folder = new TempFolder();
        await WriteAsync(folder.Of("ours.tif"), FaxCoding.Mmr);
        await TiffTools.RunAsync("tiffcp", "-c", compression, "-r", "10000", "-f", "lsb2msb", folder.Of("ours.tif"),
            folder.Of("theirs.tif"));
        Assert.Equal(TiffError.None, TiffFaxDocument.TryOpen(folder.Of("theirs.tif"), out var theirs));
        using (theirs)
        using (var writer = TiffFaxWriter.Create(folder.Of("passed.tif")))
        {
            for (var i = 0; i < theirs!.PageCount; i++) PassOn(theirs, i, writer);
        }

        AssertHoldsPages(folder.Of("passed.tif"));
        await TiffTools.RunAsync("tiffcp", "-c", "none", folder.Of("passed.tif"), folder.Of("again.tif"));
        AssertHoldsPages(folder.Of("again.tif"));
    }

    [Fact]
    public async Task The_lab_s_samples_mean_the_same_to_libtiff()
    {
        var samples = Directory.GetFiles(RepositoryRoot.Of("test", "lab", "asterisk-lab", "samples"), "*.tif");
        Assert.NotEmpty(samples);
        using var folder = new TempFolder();
        foreach (var sample in samples)
        {
            await TiffTools.RunAsync("tiffcp", "-c", "none", sample, folder.Of("theirs.tif"));
            Assert.Equal(TiffError.None, TiffFaxDocument.TryOpen(sample, out var coded));
            Assert.Equal(TiffError.None, TiffFaxDocument.TryOpen(folder.Of("theirs.tif"), out var plain));
            using (coded)
            using (plain)
            {
                Assert.Equal(plain!.PageCount, coded!.PageCount);
                for (var i = 0; i < coded.PageCount; i++) TiffFiles.AssertSame(TiffFiles.ReadPage(plain, i), TiffFiles.ReadPage(coded, i));
            }
        }
    }

    private static async Task WriteAsync(string path, FaxCoding? coding, TiffWriteOptions? options = null) =>
        await File.WriteAllBytesAsync(path, TiffFiles.Write(coding, FaxResolution.Fine, options, Pages));

    private static void AssertHoldsPages(string path)
    {
        Assert.Equal(TiffError.None, TiffFaxDocument.TryOpen(path, out var document));
        using (document)
        {
            Assert.Equal(Pages.Length, document!.PageCount);
            for (var i = 0; i < Pages.Length; i++) TiffFiles.AssertSame(Pages[i], TiffFiles.ReadPage(document, i));
        }
    }

    private static void AssertShows(string page, params ReadOnlySpan<string> lines)
    {
        foreach (var line in lines) Assert.Contains(line, page);
    }

    private static void PassOn(TiffFaxDocument document, int index, TiffFaxWriter writer)
    {
        Assert.True(document.TryOpenCoded(index, out var page));
        writer.BeginCodedPage(page!.Format, page.Coding);
        var piece = new byte[1000];
        while (page.Read(piece) is > 0 and var read) writer.WriteCoded(piece.AsSpan(0, read));
        Assert.True(writer.EndCodedPage(page.Rows));
    }
}
