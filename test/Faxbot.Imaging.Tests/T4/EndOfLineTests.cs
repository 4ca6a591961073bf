using Faxbot.Imaging.Pages;
using Faxbot.Imaging.T4;

namespace Faxbot.Imaging.Tests.T4;

/// <summary>EOL, fill, RTC and EOFB, as sent and as field devices send them.</summary>
public class EndOfLineTests
{
    private const string Eol = "000000000001";

    /// <summary>Sixteen pixels: eight white, eight black.</summary>
    private const string Row = "10011 000101";

    private static readonly byte[] Pixels = [0x00, 0xFF];

    [Fact]
    public void An_MH_page_is_EOL_and_data_for_each_row_then_six_EOL() =>
        Assert.Equal(Bits(Eol + Row + Eol + Row + Eol + Eol + Eol + Eol + Eol + Eol), Encode(FaxCoding.Mh, 2));

    [Fact]
    public void An_MR_page_tags_each_EOL_and_codes_one_row_in_K_by_itself()
    {
        const string Same = "1 1";
        Assert.Equal(Bits($"{Eol}1 {Row} {Eol}0 {Same} {Eol}1 {Row} {Eol}1 {Eol}1 {Eol}1 {Eol}1 {Eol}1 {Eol}1"),
            Encode(FaxCoding.Mr, 3, new FaxEncoderOptions { K = 2 }));
    }

    [Fact]
    public void An_MMR_page_is_data_then_EOFB() =>
        Assert.Equal(Bits("001 10011 000101" + "1 1" + Eol + Eol), Encode(FaxCoding.Mmr, 2));

    [Fact]
    public void A_page_of_no_rows_is_its_ending_alone()
    {
        Assert.Equal(Bits(Eol + Eol + Eol + Eol + Eol + Eol), Encode(FaxCoding.Mh, 0));
        Assert.Equal(Bits(Eol + Eol), Encode(FaxCoding.Mmr, 0));
        Assert.Empty(Encode(FaxCoding.Mmr, 0, new FaxEncoderOptions { WriteEofb = false }));
        Assert.Empty(Encode(FaxCoding.Mh, 0, new FaxEncoderOptions { WriteRtc = false }));
    }

    [Fact]
    public void Aligned_EOL_ends_on_an_octet_boundary() =>
        Assert.Equal(Bits($"0000 {Eol} {Row} 0 {Eol} {Row} 00000"),
            Encode(FaxCoding.Mh, 2, new FaxEncoderOptions { AlignEol = true, WriteRtc = false }));

    /// <summary>T.4 4.1.2: the total coded line is data, fill and EOL.</summary>
    [Fact]
    public void Short_rows_are_filled_to_the_minimum_with_EOL_counted() =>
        Assert.Equal(Bits($"{Eol} {Row} 0000000 {Eol} {Row} 0000000"),
            Encode(FaxCoding.Mh, 2, new FaxEncoderOptions { MinimumRowBits = 30, WriteRtc = false }));

    [Theory]
    [InlineData("", 2)]
    [InlineData(Eol, 2)]
    [InlineData(Eol + Eol, 2)]
    [InlineData(Eol + Eol + Eol + Eol + Eol + Eol, 2)]
    [InlineData(Eol + "0000" + Eol + "0000" + Eol, 2)]
    [InlineData(Eol + Eol + Row + Eol + Row, 2)]
    [InlineData("0000 0000 0000 0000 0000 0000", 2)]
    public void A_page_ends_at_two_EOL_or_with_the_data(string ending, int rows)
    {
        var decoded = Codec.Decode(Bits(Eol + Row + Eol + Row + ending), FaxCoding.Mh, 16);
        Assert.Equal((rows, 0), (decoded.Rows, decoded.BadRows));
    }

    [Theory]
    [InlineData("")]
    [InlineData(Eol)]
    [InlineData(Eol + Eol)]
    [InlineData("0000000")]
    [InlineData("0000 0000 0000 0000 0000 0000 0000 0000")]
    [InlineData(Eol + Eol + "1111111111111")]
    public void An_MMR_page_ends_at_EOFB_or_with_the_data(string ending)
    {
        var decoded = Codec.Decode(Bits("001 10011 000101" + "1 1" + ending), FaxCoding.Mmr, 16);
        Assert.Equal((2, 0), (decoded.Rows, decoded.BadRows));
    }

    [Theory]
    [InlineData("")]
    [InlineData(Eol)]
    [InlineData("00000000000000000000000000000000000000000000000000000000000000000000000000000000000" + Eol)]
    public void The_first_EOL_may_be_missing_or_have_fill_before_it(string beginning)
    {
        foreach (var coding in (FaxCoding[])[FaxCoding.Mh, FaxCoding.Mr])
        {
            var tag = coding == FaxCoding.Mr ? "1" : "";
            var first = beginning.Length > 0 ? beginning + tag : "";
            var decoded = Codec.Decode(Bits(first + Row + Eol + tag + Row + Eol + tag + Eol), coding, 16);
            Assert.Equal((2, 0), (decoded.Rows, decoded.BadRows));
            Assert.Equal([.. Pixels, .. Pixels], decoded.Pixels);
        }
    }

    [Fact]
    public void MH_rows_without_any_EOL_are_read_even_where_it_was_expected()
    {
        var decoded = Codec.Decode(Bits(Row + Row + Row), FaxCoding.Mh, 16);
        Assert.Equal((3, 0), (decoded.Rows, decoded.BadRows));
    }

    [Fact]
    public void A_run_that_older_coders_split_by_a_run_of_no_pixels_is_one()
    {
        // White 1728 + 63, black 0, white 257 (192 + 65 would need 256 + 1).
        var decoded = Codec.Decode(Bits(Eol + "010011011 00110100 0000110111 0110111 000111"), FaxCoding.Mh, 2048);
        Assert.Equal((1, 0), (decoded.Rows, decoded.BadRows));
        Assert.Equal(-1, decoded.Pixels.AsSpan().IndexOfAnyExcept((byte)0));
    }

    private static byte[] Bits(string digits) => DamageTests.Bits(digits);

    private static byte[] Encode(FaxCoding coding, int rows, FaxEncoderOptions? options = null)
    {
        var page = new PageBitmap(16, rows);
        for (var y = 0; y < rows; y++) Pixels.CopyTo(page.Row(y));
        return Codec.Encode(page, coding, options);
    }
}
