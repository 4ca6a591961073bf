using CsCheck;
using Faxbot.Imaging.Pages;
using Faxbot.Imaging.Tests.T4;
using Faxbot.Imaging.Tiff;

namespace Faxbot.Imaging.Tests.Tiff;

public class TiffRoundTripTests
{
    private static readonly Gen<FaxCoding?> Codings = Gen.Int[-1, 2].Select(coding => coding < 0 ? (FaxCoding?)null : (FaxCoding)coding);

    [Fact]
    public void What_is_written_is_read() =>
        Gen.Select(Codings, Gen.Enum<FaxResolution>(), Gen.Bool, Pictures.Any().Array[1, 4]).Sample((coding, resolution, reverse, pages) =>
        {
            pages = [.. pages.Where(page => page.Height > 0)];
            if (pages.Length == 0) return;
            var options = new TiffWriteOptions { LeastSignificantFirst = reverse };
            using var document = TiffFiles.Open(TiffFiles.Write(coding, resolution, options, pages));
            Assert.Equal(pages.Length, document.PageCount);
            for (var i = 0; i < pages.Length; i++)
            {
                Assert.Equal(new PageFormat(pages[i].Width, resolution), document.Pages[i].Format);
                Assert.Equal(coding, document.Pages[i].Coding);
                TiffFiles.AssertSame(pages[i], TiffFiles.ReadPage(document, i));
            }
        });

    [Fact]
    public void Coded_octets_are_the_same_when_read_and_when_written_again() =>
        Gen.Select(Gen.Enum<FaxCoding>(), Gen.Bool, Pictures.Any().Where(page => page.Height > 0)).Sample((coding, leastFirst, page) =>
        {
            var options = new TiffWriteOptions { LeastSignificantFirst = leastFirst };
            using var first = TiffFiles.Open(TiffFiles.Write(coding, FaxResolution.Fine, options, page));
            Assert.True(first.TryOpenCoded(0, out var coded));
            Assert.Equal((coding, page.Height, coding != FaxCoding.Mmr), (coded!.Coding, coded.Rows, coded.HasEol));

            var stream = new MemoryStream();
            using (var writer = new TiffFaxWriter(stream, leaveOpen: true))
            {
                writer.BeginCodedPage(coded.Format, coded.Coding);
                Span<byte> piece = stackalloc byte[7];
                while (coded.Read(piece) is > 0 and var read) writer.WriteCoded(piece[..read]);
                Assert.True(writer.EndCodedPage(coded.Rows));
            }

            using var second = TiffFiles.Open(stream.ToArray());
            TiffFiles.AssertSame(page, TiffFiles.ReadPage(second, 0));
        });

    [Fact]
    public void Pages_can_be_read_by_turns()
    {
        var pages = new[] { Pictures.Make(1728, 100, 20, 50, 1), Pictures.Make(2048, 100, 5, 50, 2) };
        using var document = TiffFiles.Open(TiffFiles.Write(FaxCoding.Mmr, FaxResolution.Fine, null, pages));
        using var first = document.OpenPage(0);
        using var second = document.OpenPage(1);
        var row = new byte[pages[1].Stride];
        for (var y = 0; y < 100; y++)
        {
            Assert.True(first.TryReadRow(row));
            Assert.True(pages[0].Row(y).SequenceEqual(row.AsSpan(0, pages[0].Stride)));
            Assert.True(second.TryReadRow(row));
            Assert.True(pages[1].Row(y).SequenceEqual(row));
        }
    }

    [Fact]
    public void A_file_within_a_stream_begins_at_the_stream_s_position()
    {
        var page = Pictures.Make(1728, 20, 20, 50, 3);
        var stream = new MemoryStream();
        stream.Write("envelope"u8);
        using (var writer = new TiffFaxWriter(stream, leaveOpen: true))
        {
            TiffFiles.WritePage(writer, FaxCoding.Mh, FaxResolution.Standard, page);
            TiffFiles.WritePage(writer, FaxCoding.Mh, FaxResolution.Standard, page);
            writer.Complete();
        }

        stream.Position = 8;
        Assert.Equal(TiffError.None, TiffFaxDocument.TryOpen(stream, out var document));
        TiffFiles.AssertSame(page, TiffFiles.ReadPage(document!, 1));
        Assert.Equal("envelope"u8.ToArray(), stream.ToArray()[..8]);
    }
}
