using Faxbot.Imaging.Pages;
using Faxbot.Imaging.T4;

namespace Faxbot.Imaging.Tests.T4;

/// <summary>Whole pages through the encoder and the decoder.</summary>
internal static class Codec
{
    public static readonly FaxCoding[] All = [FaxCoding.Mh, FaxCoding.Mr, FaxCoding.Mmr];

    public static byte[] Encode(PageBitmap page, FaxCoding coding, FaxEncoderOptions? options = null)
    {
        var encoder = new FaxEncoder(coding, page.Width, options);
        var coded = new MemoryStream();
        var octets = new byte[encoder.MaxRowOctets];
        for (var y = 0; y < page.Height; y++) coded.Write(octets, 0, encoder.EncodeRow(page.Row(y), octets));
        coded.Write(octets, 0, encoder.Finish(octets));
        return coded.ToArray();
    }

    public static DecodedPage Decode(byte[] coded, FaxCoding coding, int width, FaxDecoderOptions? options = null) =>
        Decode([coded], coding, width, options);

    /// <summary>Decodes pieces as they come, each as far as it goes.</summary>
    public static DecodedPage Decode(IEnumerable<byte[]> pieces, FaxCoding coding, int width, FaxDecoderOptions? options = null)
    {
        var decoder = new FaxDecoder(coding, width, options);
        var rows = new MemoryStream();
        var row = new byte[PageBitmap.StrideOf(width)];
        var status = RowStatus.NeedMoreData;
        foreach (var piece in pieces)
        {
            decoder.Append(piece);
            status = Drain(decoder, row, rows);
        }

        decoder.Complete();
        status = Drain(decoder, row, rows);
        Assert.Equal(RowStatus.EndOfPage, status);
        Assert.Equal(RowStatus.EndOfPage, decoder.TryReadRow(row));
        Assert.Equal(rows.Length, (long)decoder.RowCount * row.Length);
        return new DecodedPage(rows.ToArray(), decoder.RowCount, decoder.BadRows, decoder.LongestBadRun);
    }

    private static RowStatus Drain(FaxDecoder decoder, byte[] row, MemoryStream rows)
    {
        RowStatus status;
        while ((status = decoder.TryReadRow(row)) is RowStatus.Row or RowStatus.BadRow) rows.Write(row);
        return status;
    }
}

/// <summary>What came out of a decoder.</summary>
internal sealed record DecodedPage(byte[] Pixels, int Rows, int BadRows, int LongestBadRun)
{
    public void ShouldEqual(PageBitmap page)
    {
        Assert.Equal(0, BadRows);
        Assert.Equal(page.Height, Rows);
        Assert.True(page.Rows.SequenceEqual(Pixels), "The pixels differ.");
    }

    public void ShouldEqual(DecodedPage other)
    {
        Assert.Equal((other.Rows, other.BadRows, other.LongestBadRun), (Rows, BadRows, LongestBadRun));
        Assert.True(other.Pixels.AsSpan().SequenceEqual(Pixels), "The pixels differ.");
    }
}
