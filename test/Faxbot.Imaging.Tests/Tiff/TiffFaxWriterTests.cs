using Faxbot.Imaging.Pages;
using Faxbot.Imaging.Tests.T4;
using Faxbot.Imaging.Tiff;

namespace Faxbot.Imaging.Tests.Tiff;

public class TiffFaxWriterTests
{
    private static readonly PageFormat Format = new(1728, FaxResolution.Fine);
    private static readonly PageBitmap Page = Pictures.Make(1728, 300, 20, 50, 1);

    [Fact]
    public void A_writer_disposed_in_mid_page_leaves_the_pages_that_ended()
    {
        var stream = new MemoryStream();
        using (var writer = new TiffFaxWriter(stream, leaveOpen: true))
        {
            TiffFiles.WritePage(writer, FaxCoding.Mmr, FaxResolution.Fine, Page);
            writer.BeginPage(Format, FaxCoding.Mmr);
            for (var y = 0; y < 200; y++) writer.WriteRow(Page.Row(y));
        }

        using var document = TiffFiles.Open(stream.ToArray());
        Assert.Equal(1, document.PageCount);
        TiffFiles.AssertSame(Page, TiffFiles.ReadPage(document, 0));
        Assert.Equal(TiffFiles.Write(FaxCoding.Mmr, FaxResolution.Fine, null, Page).Length, stream.Length);
    }

    [Fact]
    public void A_process_that_dies_in_mid_page_leaves_the_pages_that_ended()
    {
        var stream = new MemoryStream();
        var writer = new TiffFaxWriter(stream, leaveOpen: true);
        TiffFiles.WritePage(writer, FaxCoding.Mh, FaxResolution.Fine, Page);
        TiffFiles.WritePage(writer, FaxCoding.Mr, FaxResolution.Fine, Page);
        writer.BeginPage(Format, FaxCoding.Mh);
        for (var y = 0; y < 300; y++) writer.WriteRow(Page.Row(y));

        using var document = TiffFiles.Open(stream.ToArray());
        Assert.Equal(2, document.PageCount);
        TiffFiles.AssertSame(Page, TiffFiles.ReadPage(document, 1));
        writer.Dispose();
    }

    [Fact]
    public void A_discarded_page_leaves_no_trace()
    {
        var stream = new MemoryStream();
        using (var writer = new TiffFaxWriter(stream, leaveOpen: true))
        {
            writer.BeginUncompressedPage(Format);
            for (var y = 0; y < 300; y++) writer.WriteRow(Page.Row(y));
            writer.DiscardPage();
            writer.DiscardPage();
            TiffFiles.WritePage(writer, FaxCoding.Mmr, FaxResolution.Fine, Page);
            writer.Complete();
        }

        Assert.Equal(TiffFiles.Write(FaxCoding.Mmr, FaxResolution.Fine, null, Page), stream.ToArray());
    }

    [Fact]
    public void A_page_without_rows_is_not_added()
    {
        var stream = new MemoryStream();
        using var writer = new TiffFaxWriter(stream, leaveOpen: true);
        writer.BeginPage(Format, FaxCoding.Mmr);
        Assert.False(writer.EndPage());
        writer.BeginCodedPage(Format, FaxCoding.Mmr);
        Assert.False(writer.EndCodedPage(10));
        Assert.Equal(0, writer.PageCount);
        Assert.Equal(TiffError.NoPages, TiffFiles.ErrorOf(stream.ToArray()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Damaged_rows_are_told_in_the_file(bool coded)
    {
        var stream = new MemoryStream();
        using (var writer = new TiffFaxWriter(stream, leaveOpen: true))
        {
            if (coded)
            {
                writer.BeginCodedPage(Format, FaxCoding.Mmr);
                writer.WriteCoded([0x00, 0x10, 0x01]);
                writer.EndCodedPage(100, badRows: 7, longestBadRun: 3);
            }
            else
            {
                writer.BeginPage(Format, FaxCoding.Mh);
                for (var y = 0; y < 100; y++) writer.WriteRow(Page.Row(y));
                writer.EndPage(badRows: 7, longestBadRun: 3);
            }
        }

        using var document = TiffFiles.Open(stream.ToArray());
        Assert.Equal(7, document.Pages[0].BadFaxLines);
    }

    [Fact]
    public void Calls_out_of_order_are_refused()
    {
        using var writer = new TiffFaxWriter(new MemoryStream());
        Assert.Throws<InvalidOperationException>(() => writer.WriteRow(Page.Row(0)));
        Assert.Throws<InvalidOperationException>(() => writer.EndPage());
        writer.BeginPage(Format, FaxCoding.Mh);
        Assert.Throws<InvalidOperationException>(() => writer.BeginPage(Format, FaxCoding.Mh));
        Assert.Throws<InvalidOperationException>(() => writer.WriteCoded([0]));
        Assert.Throws<InvalidOperationException>(() => writer.EndCodedPage(1));
        Assert.Throws<InvalidOperationException>(writer.Complete);
        Assert.Throws<ArgumentException>(() => writer.WriteRow(new byte[215]));
        writer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => writer.BeginUncompressedPage(Format));
    }

    [Fact]
    public void Bits_right_of_the_width_are_not_stored()
    {
        var stream = new MemoryStream();
        using (var writer = new TiffFaxWriter(stream, leaveOpen: true))
        {
            writer.BeginUncompressedPage(new PageFormat(11, FaxResolution.Fine));
            writer.WriteRow([0xFF, 0xFF]);
            writer.EndPage();
        }

        Assert.Equal(new byte[] { 0xFF, 0xE0 }, stream.ToArray()[8..10]);
    }

    [Fact]
    public void A_writer_in_mid_page_holds_20_KB_at_most_and_asks_for_no_more()
    {
        // The codec's tables are made once and are nobody's.
        TiffFiles.Write(FaxCoding.Mmr, FaxResolution.Fine, null, Page);
        var start = GC.GetAllocatedBytesForCurrentThread();
        using var writer = new TiffFaxWriter(Stream.Null);
        writer.BeginPage(Format, FaxCoding.Mmr);
        for (var y = 0; y < 10; y++) writer.WriteRow(Page.Row(y));
        var began = GC.GetAllocatedBytesForCurrentThread();
        for (var y = 10; y < 300; y++) writer.WriteRow(Page.Row(y));
        Assert.Equal(began, GC.GetAllocatedBytesForCurrentThread());
        Assert.InRange(began - start, 1, 20 << 10);
    }
}
