using Faxbot.Imaging.Pages;
using Faxbot.Imaging.T4;
using Faxbot.Testing;
using Faxbot.Testing.Processes;

namespace Faxbot.Imaging.Tests.T4;

/// <summary>Agreement with libtiff's codec, through its tool tiffcp.</summary>
public sealed class LibTiffTests : IDisposable
{
    private const int OnlyTwoDimensional = 1;
    private const int AlignedEol = 4;
    private readonly TempFolder _folder = new();

    public static TheoryData<string, FaxCoding, bool> Codings => new()
    {
        { "g3:1d", FaxCoding.Mh, false },
        { "g3:1d:fill", FaxCoding.Mh, true },
        { "g3:2d", FaxCoding.Mr, false },
        { "g3:2d:fill", FaxCoding.Mr, true },
        { "g4", FaxCoding.Mmr, false },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Codings))]
    public async Task What_libtiff_codes_decodes_to_the_same_rows(string option, FaxCoding coding, bool align)
    {
        foreach (var page in await PagesAsync())
        {
            var coded = await CopyAsync(Raw(page), option);
            Assert.Equal(align ? AlignedEol : 0, coded.T4Options & AlignedEol);
            Codec.Decode(coded.Strip, coding, page.Width).ShouldEqual(page);
        }
    }

    [Theory]
    [MemberData(nameof(Codings))]
    public async Task What_we_code_libtiff_decodes_to_the_same_rows(string option, FaxCoding coding, bool align)
    {
        Assert.NotEmpty(option);
        foreach (var page in await PagesAsync())
        {
            var coded = Codec.Encode(page, coding, new FaxEncoderOptions { AlignEol = align });
            var options = (coding == FaxCoding.Mr ? OnlyTwoDimensional : 0) | (align ? AlignedEol : 0);
            var compression = coding == FaxCoding.Mmr ? OneStripTiff.Group4 : OneStripTiff.Group3;
            await ShouldDecodeAsync(page, new OneStripTiff(page.Width, page.Height, compression, options, coded));
        }
    }

    /// <summary>An octet is added because libtiff 4.5 wants to see past the last code word of such a strip.</summary>
    [Fact]
    public async Task Libtiff_decodes_our_octet_aligned_rows_without_EOL()
    {
        foreach (var page in await PagesAsync())
        {
            var coded = Codec.Encode(page, FaxCoding.Mh, new FaxEncoderOptions { WriteEol = false, AlignRows = true });
            await ShouldDecodeAsync(page, new OneStripTiff(page.Width, page.Height, OneStripTiff.ModifiedHuffman, 0, [.. coded, 0]));
        }
    }

    /// <summary>libtiff's two-dimensional coder is told its K by the resolution, ours by an option; with equal K the data are equal.</summary>
    [Theory]
    [InlineData("g3:1d", FaxCoding.Mh)]
    [InlineData("g4", FaxCoding.Mmr)]
    public async Task Our_coded_data_are_those_of_libtiff(string option, FaxCoding coding)
    {
        foreach (var page in await PagesAsync())
        {
            var theirs = await CopyAsync(Raw(page), option);
            var ours = Codec.Encode(page, coding, new FaxEncoderOptions { WriteRtc = false });
            Assert.Equal(theirs.Strip, ours);
        }
    }

    private static OneStripTiff Raw(PageBitmap page) =>
        new(page.Width, page.Height, OneStripTiff.Uncompressed, 0, page.Rows.ToArray());

    /// <summary>Without rows of one-pixel runs alone: libtiff 4.5 has one entry too few for those in one-dimensional coding.</summary>
    private static IEnumerable<PageBitmap> RandomPages()
    {
        foreach (var (width, height) in ((int, int)[])[(1, 3), (7, 9), (64, 40), (1728, 40), (2432, 25), (4864, 10), (9000, 6)])
            foreach (var meanRun in (int[])[2, 6, 60, 3000])
                yield return Pictures.Make(width, height, meanRun, likeness: 60, seed: width + meanRun);
    }

    private async Task<List<PageBitmap>> PagesAsync()
    {
        await DebianPackages.EnsureAsync("libtiff-tools", "ghostscript");
        return [.. RandomPages(), .. await SamplePages.LetterAsync(_folder)];
    }

    private async Task ShouldDecodeAsync(PageBitmap page, OneStripTiff coded)
    {
        var copy = await CopyAsync(coded, "none");
        Assert.Equal((page.Width, page.Height), (copy.Width, copy.Height));
        Assert.True(page.Rows.SequenceEqual(copy.Strip), "The pixels differ.");
    }

    private async Task<OneStripTiff> CopyAsync(OneStripTiff from, string compression)
    {
        var (input, output) = (_folder.Of("in.tif"), _folder.Of("out.tif"));
        await File.WriteAllBytesAsync(input, from.Write());
        await ProcessRunner.RunSuccessfullyAsync("tiffcp", ["-L", "-r", "1000000", "-c", compression, input, output]);
        return OneStripTiff.Read(await File.ReadAllBytesAsync(output));
    }
}
