using CsCheck;
using Faxbot.Imaging.Pages;
using Faxbot.Imaging.T4;

namespace Faxbot.Imaging.Tests.T4;

public class RoundTripTests
{
    private static readonly Gen<FaxEncoderOptions> OnTheLine =
        from k in Gen.OneOf(1, 2, 4)
        from align in Gen.Bool
        from minimum in Gen.OneOf(0, 48, 97, 1000)
        from ending in Gen.Bool
        select new FaxEncoderOptions { K = k, AlignEol = align, MinimumRowBits = minimum, WriteRtc = ending, WriteEofb = ending };

    [Fact]
    public void Any_page_comes_back_from_any_coding_with_any_options() =>
        Gen.Select(Pictures.Any(), OnTheLine, Gen.OneOf(Codec.All)).Sample((page, options, coding) =>
            Codec.Decode(Codec.Encode(page, coding, options), coding, page.Width).ShouldEqual(page), iter: 3000);

    [Fact]
    public void Any_page_comes_back_from_rows_without_EOL() =>
        Gen.Select(Pictures.Any(), Gen.Bool, Gen.OneOf(Codec.All)).Sample((page, align, coding) =>
        {
            var coded = Codec.Encode(page, coding, new FaxEncoderOptions { WriteEol = false, AlignRows = align });
            Codec.Decode(coded, coding, page.Width, new FaxDecoderOptions { ExpectEol = false, AlignRows = align }).ShouldEqual(page);
        }, iter: 3000);

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(1728)]
    [InlineData(2048)]
    [InlineData(2432)]
    [InlineData(2592)]
    [InlineData(3456)]
    [InlineData(4864)]
    [InlineData(5120)]
    [InlineData(65535)]
    public void Pages_of_this_width_come_back(int width)
    {
        foreach (var coding in Codec.All)
        {
            foreach (var meanRun in (int[])[1, 3, 40, 700, 4000, 60_000])
            {
                var page = Pictures.Make(width, 12, meanRun, 50, seed: meanRun);
                Codec.Decode(Codec.Encode(page, coding), coding, width).ShouldEqual(page);
            }
        }
    }

    [Fact]
    public void A_page_of_noise_comes_back() => AllCodings(Pictures.Noise(1728, 60, seed: 7));

    [Fact]
    public void White_and_black_pages_come_back()
    {
        var page = new PageBitmap(1728, 20);
        AllCodings(page);
        page.Rows.Fill(0xFF);
        AllCodings(page);
    }

    [Fact]
    public void A_page_of_no_rows_comes_back() => AllCodings(new PageBitmap(1728, 0));

    [Fact]
    public void Pad_bits_of_a_row_do_not_count()
    {
        var page = Pictures.Make(13, 9, 3, 50, seed: 1);
        foreach (var coding in Codec.All)
        {
            var clean = Codec.Encode(page, coding);
            var encoder = new FaxEncoder(coding, 13);
            var coded = new MemoryStream();
            var octets = new byte[encoder.MaxRowOctets];
            for (var y = 0; y < page.Height; y++)
                coded.Write(octets, 0, encoder.EncodeRow([page.Row(y)[0], (byte)(page.Row(y)[1] | 0x07)], octets));
            coded.Write(octets, 0, encoder.Finish(octets));
            Assert.Equal(clean, coded.ToArray());
        }
    }

    [Fact]
    public void No_row_takes_more_octets_than_announced()
    {
        Gen.Select(Pictures.Any(mostWidth: 100), OnTheLine, Gen.OneOf(Codec.All)).Sample((page, options, coding) =>
        {
            var encoder = new FaxEncoder(coding, page.Width, options);
            var octets = new byte[encoder.MaxRowOctets];
            for (var y = 0; y < page.Height; y++) Assert.InRange(encoder.EncodeRow(page.Row(y), octets), 0, encoder.MaxRowOctets);
            Assert.InRange(encoder.Finish(octets), 0, encoder.MaxRowOctets);
        });
    }

    private static void AllCodings(PageBitmap page)
    {
        foreach (var coding in Codec.All) Codec.Decode(Codec.Encode(page, coding), coding, page.Width).ShouldEqual(page);
    }
}
