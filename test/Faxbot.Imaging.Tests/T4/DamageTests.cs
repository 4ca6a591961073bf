using CsCheck;
using Faxbot.Imaging.Pages;
using Faxbot.Imaging.T4;

namespace Faxbot.Imaging.Tests.T4;

public class DamageTests
{
    private const int Width = 400;

    /// <summary>Twelve different rows, so that a repeated one shows.</summary>
    private static readonly PageBitmap Page = Pictures.Make(Width, 12, 30, 60, seed: 4);

    [Fact]
    public void Any_damage_leaves_a_bounded_page() =>
        Gen.Select(Gen.Int, Gen.OneOf(Codec.All), Gen.Bool).Sample((seed, coding, eol) =>
        {
            var random = new Random(seed);
            var coded = Codec.Encode(Page, coding, new FaxEncoderOptions { WriteEol = eol, AlignRows = !eol });
            Damage.Apply(ref coded, random);
            var decoded = Codec.Decode(coded, coding, Width, new FaxDecoderOptions { ExpectEol = eol, AlignRows = !eol });
            Assert.InRange(decoded.Rows, 0, coded.Length * 8);
            Assert.InRange(decoded.BadRows, decoded.LongestBadRun, decoded.Rows);
        }, iter: 20_000);

    [Fact]
    public void Random_octets_leave_a_bounded_page() =>
        Gen.Select(Gen.Byte.Array[0, 2000], Gen.OneOf(Codec.All), Gen.Bool, Gen.Bool, Gen.Int[1, 3000]).Sample((octets, coding, eol, align, width) =>
        {
            var decoded = Codec.Decode(octets, coding, width, new FaxDecoderOptions { ExpectEol = eol, AlignRows = align });
            Assert.InRange(decoded.Rows, 0, octets.Length * 8);
        }, iter: 5000);

    [Fact]
    public void A_damaged_MH_row_is_replaced_by_the_one_above_and_the_rest_is_whole()
    {
        var coded = Rows(FaxCoding.Mh);
        coded[5][^1] ^= 0x10;
        var decoded = Codec.Decode([.. coded.SelectMany(r => r)], FaxCoding.Mh, Width);
        Assert.Equal((12, 1, 1), (decoded.Rows, decoded.BadRows, decoded.LongestBadRun));
        ShouldHaveRows(decoded, 0, 1, 2, 3, 4, 4, 6, 7, 8, 9, 10, 11);
    }

    [Fact]
    public void A_damaged_MR_row_takes_those_that_refer_to_it_with_it()
    {
        var coded = Rows(FaxCoding.Mr);
        coded[5] = [.. coded[5][..2], 0x00, 0x10, .. coded[5][2..]];
        var decoded = Codec.Decode([.. coded.SelectMany(r => r)], FaxCoding.Mr, Width);
        Assert.Equal(0, decoded.Pixels.AsSpan().SequenceEqual(Page.Rows) ? 1 : 0);
        Assert.Equal((12, 3, 3), (decoded.Rows, decoded.BadRows, decoded.LongestBadRun));
        ShouldHaveRows(decoded, 0, 1, 2, 3, 4, 4, 4, 4, 8, 9, 10, 11);
    }

    [Fact]
    public void A_damaged_MMR_row_ends_the_page()
    {
        var encoder = new FaxEncoder(FaxCoding.Mmr, Width);
        var octets = new byte[encoder.MaxRowOctets];
        var coded = new MemoryStream();
        for (var y = 0; y < 4; y++) coded.Write(octets, 0, encoder.EncodeRow(Page.Row(y), octets));
        coded.Write([0, 0x80, 0x12, 0x34, 0x56, 0x78]);
        var decoded = Codec.Decode(coded.ToArray(), FaxCoding.Mmr, Width);
        Assert.Equal(1, decoded.BadRows);
        Assert.InRange(decoded.Rows, 3, 5);
        Assert.True(decoded.Pixels.AsSpan(0, 3 * Page.Stride).SequenceEqual(Page.Rows[..(3 * Page.Stride)]));
    }

    [Fact]
    public void A_damaged_first_row_is_white()
    {
        var coded = Rows(FaxCoding.Mh);
        coded[0] = [0x00, 0x10, 0xAA, 0xAA, 0xAA];
        var decoded = Codec.Decode([.. coded.SelectMany(r => r)], FaxCoding.Mh, Width);
        Assert.Equal((12, 1), (decoded.Rows, decoded.BadRows));
        Assert.Equal(-1, decoded.Pixels.AsSpan(0, Page.Stride).IndexOfAnyExcept((byte)0));
    }

    [Fact]
    public void A_row_with_pixels_to_spare_is_damaged()
    {
        // Two white runs of 8 with black ones between them; 16 pixels are announced and 24 sent.
        var decoded = Codec.Decode(Bits("000000000001 10011 000101 10011 000000000001 10011 000101"), FaxCoding.Mh, 16);
        Assert.Equal((2, 1), (decoded.Rows, decoded.BadRows));
        Assert.Equal([0x00, 0x00, 0x00, 0xFF], decoded.Pixels);
    }

    [Fact]
    public void Fill_in_place_of_a_row_is_a_damaged_row()
    {
        var decoded = Codec.Decode(Bits("000000000001 10011 000101 00000000000000000000000000000001 00000000000000000001 10011 000101 000000000001"),
            FaxCoding.Mh, 16);
        Assert.Equal((3, 1), (decoded.Rows, decoded.BadRows));
    }

    [Theory]
    [InlineData("0000001111 1", FaxCoding.Mmr)]
    [InlineData("0000001000 1", FaxCoding.Mmr)]
    [InlineData("000000001111", FaxCoding.Mh)]
    public void Extension_codes_are_damage(string bits, FaxCoding coding) =>
        Assert.Equal(1, Codec.Decode(Bits(bits + "1111 1111"), coding, 16).BadRows);

    /// <summary>Horizontal mode with no pixels again and again would never end a row.</summary>
    [Fact]
    public void A_row_that_never_moves_on_is_damage()
    {
        var standing = Bits(string.Concat(Enumerable.Repeat("001 00110101 0000110111", 4000)));
        Assert.Equal(1, Codec.Decode(standing, FaxCoding.Mmr, 100).BadRows);
        Assert.Equal(1, Codec.Decode(Bits(string.Concat(Enumerable.Repeat("00110101 0000110111", 4000))), FaxCoding.Mh, 100).BadRows);
    }

    [Theory]
    [InlineData((byte)0x00)]
    [InlineData((byte)0x01)]
    public void Endless_data_without_a_row_are_given_up(byte octet)
    {
        var decoder = new FaxDecoder(FaxCoding.Mh, 1728);
        var piece = new byte[4096];
        piece.AsSpan().Fill(octet);
        var row = new byte[216];
        var status = RowStatus.NeedMoreData;
        var octets = 0;
        for (; octets < 4 << 20 && status != RowStatus.EndOfPage; octets += piece.Length)
        {
            decoder.Append(piece);
            while ((status = decoder.TryReadRow(row)) is RowStatus.Row or RowStatus.BadRow) { }
        }

        Assert.Equal(RowStatus.EndOfPage, status);
        Assert.InRange(octets, 1, 2 << 20);
        Assert.InRange(decoder.BadRows, 1, 2);
        Assert.Equal(decoder.RowCount, decoder.BadRows);
    }

    [Fact]
    public void No_more_rows_are_delivered_than_the_options_allow()
    {
        var coded = Codec.Encode(Page, FaxCoding.Mmr);
        Assert.Equal(7, Codec.Decode(coded, FaxCoding.Mmr, Width, new FaxDecoderOptions { MaxRows = 7 }).Rows);
        var ones = new byte[10_000];
        ones.AsSpan().Fill(0xFF);
        Assert.Equal(65_536, Codec.Decode(ones, FaxCoding.Mmr, Width).Rows);
    }

    private static void ShouldHaveRows(DecodedPage decoded, params int[] rows)
    {
        for (var y = 0; y < rows.Length; y++)
            Assert.True(Page.Row(rows[y]).SequenceEqual(decoded.Pixels.AsSpan(y * Page.Stride, Page.Stride)), $"Row {y} is not row {rows[y]}.");
    }

    /// <summary>Each row's octets apart: EOL ends on an octet boundary, and so does the fill that follows the row.</summary>
    private static List<byte[]> Rows(FaxCoding coding)
    {
        var encoder = new FaxEncoder(coding, Width, new FaxEncoderOptions { AlignEol = true, WriteRtc = false });
        var octets = new byte[encoder.MaxRowOctets];
        List<byte[]> rows = [];
        for (var y = 0; y < Page.Height; y++) rows.Add(octets[..encoder.EncodeRow(Page.Row(y), octets)]);
        rows.Add(octets[..encoder.Finish(octets)]);
        return rows;
    }

    internal static byte[] Bits(string digits)
    {
        var octets = new byte[(digits.Length + 7) / 8];
        var count = 0;
        foreach (var digit in digits.Where(d => d != ' ')) octets[count / 8] |= (byte)((digit - '0') << (7 - (count++ % 8)));
        return octets[..((count + 7) / 8)];
    }
}
