using Faxbot.Imaging.Pages;
using Faxbot.Imaging.Tests.T4;
using Faxbot.Imaging.Tiff;

namespace Faxbot.Imaging.Tests.Tiff;

public class TiffFaxDocumentTests
{
    private const int Width = 1728;
    private const int Rows = 40;
    private static readonly PageBitmap Page = Pictures.Make(Width, Rows, 20, 50, 1);

    [Theory]
    [InlineData(204, 98, 2, FaxResolution.Standard)]
    [InlineData(204, 96, 2, FaxResolution.Standard)]
    [InlineData(204, 196, 2, FaxResolution.Fine)]
    [InlineData(204, 192, 2, FaxResolution.Fine)]
    [InlineData(203, 195, 2, FaxResolution.Fine)]
    [InlineData(204, 391, 2, FaxResolution.Superfine)]
    [InlineData(204, 392, 2, FaxResolution.Superfine)]
    [InlineData(204, 196, 1, FaxResolution.Fine)]
    [InlineData(200, 100, 2, FaxResolution.Inch200x100)]
    [InlineData(200, 200, 2, FaxResolution.Inch200)]
    [InlineData(196, 196, 2, FaxResolution.Inch200)]
    [InlineData(200, 400, 2, FaxResolution.Inch200x400)]
    [InlineData(80, 38, 3, FaxResolution.Standard)]
    [InlineData(80, 77, 3, FaxResolution.Fine)]
    [InlineData(80, 154, 3, FaxResolution.Superfine)]
    public void Resolutions_of_A4_at_1728_pixels_are_recognised(uint across, uint down, uint unit, FaxResolution expected) =>
        Assert.Equal(new PageFormat(Width, expected), FormatOf(Width, across, down, unit));

    [Theory]
    [InlineData(2048, 204, 196, FaxResolution.Fine)]
    [InlineData(2432, 204, 98, FaxResolution.Standard)]
    [InlineData(3456, 408, 391, FaxResolution.R16)]
    [InlineData(4864, 408, 392, FaxResolution.R16)]
    [InlineData(2592, 300, 300, FaxResolution.Inch300)]
    [InlineData(3072, 300, 300, FaxResolution.Inch300)]
    [InlineData(3648, 300, 300, FaxResolution.Inch300)]
    [InlineData(4096, 400, 400, FaxResolution.Inch400)]
    [InlineData(5184, 600, 600, FaxResolution.Inch600)]
    [InlineData(7296, 600, 600, FaxResolution.Inch600)]
    public void Widths_of_all_papers_are_recognised(int width, uint across, uint down, FaxResolution expected) =>
        Assert.Equal(new PageFormat(width, expected), FormatOf(width, across, down, 2));

    [Theory]
    [InlineData(1700, 200, 200)]
    [InlineData(1728, 300, 300)]
    [InlineData(2592, 200, 200)]
    [InlineData(1728, 72, 72)]
    [InlineData(1728, 204, 150)]
    [InlineData(1728, 408, 196)]
    public void Pages_of_other_rasters_are_left_to_the_foreign_reader(int width, uint across, uint down)
    {
        var error = ErrorOf(draft => Sound(draft, width).Set(282, 5, across, 1).Set(283, 5, down, 1));
        Assert.Equal(TiffError.NotFaxRaster, error);
        Assert.True(error.IsForeign());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Rows_stand_in_either_byte_order(bool bigEndian)
    {
        var draft = new TiffDraft(bigEndian);
        var file = draft.AddPage(Sound(draft, Width)).AddPage(Sound(draft, Width)).ToArray();
        using var document = TiffFiles.Open(file);
        Assert.Equal(2, document.PageCount);
        TiffFiles.AssertSame(Page, TiffFiles.ReadPage(document, 1));
    }

    [Fact]
    public void Black_is_zero_is_turned_around_and_padding_stays_white()
    {
        var draft = new TiffDraft();
        var offset = draft.Append(0x0F, 0x00);
        using var document = TiffFiles.Open(draft.AddPage(TiffDraftPage.Uncompressed(11, 1, offset, 2).Set(262, 3, 1)).ToArray());
        using var reader = document.OpenPage(0);
        var row = new byte[2];
        Assert.True(reader.TryReadRow(row));
        Assert.Equal([0xF0, 0xE0], row);
        Assert.False(document.TryOpenCoded(0, out _));
    }

    [Fact]
    public void Strips_are_read_in_their_order_wherever_they_are()
    {
        var draft = new TiffDraft();
        var second = draft.Append(Page.Rows[(20 * Page.Stride)..]);
        var first = draft.Append(Page.Rows[..(20 * Page.Stride)]);
        var half = (uint)(20 * Page.Stride);
        using var document = TiffFiles.Open(draft.AddPage(Sound(draft, Width)
            .Set(278, 4, 20).Set(273, 4, first, second).Set(279, 4, half, half)).ToArray());
        Assert.Equal(2, document.Pages[0].StripCount);
        TiffFiles.AssertSame(Page, TiffFiles.ReadPage(document, 0));
    }

    [Theory]
    [InlineData(279, 0u)]
    [InlineData(278, 0u)]
    [InlineData(278, 1u)]
    [InlineData(274, 0u)]
    [InlineData(254, 0u)]
    public void Odd_values_of_field_writers_are_understood(ushort tag, uint value)
    {
        var draft = new TiffDraft();
        using var document = TiffFiles.Open(draft.AddPage(Sound(draft, Width).Set(tag, 4, value)).ToArray());
        TiffFiles.AssertSame(Page, TiffFiles.ReadPage(document, 0));
    }

    [Theory]
    [InlineData(278)]
    [InlineData(279)]
    [InlineData(262)]
    [InlineData(259)]
    [InlineData(258)]
    [InlineData(277)]
    [InlineData(296)]
    public void Tags_with_defaults_may_be_absent(ushort tag)
    {
        var draft = new TiffDraft();
        using var document = TiffFiles.Open(draft.AddPage(Sound(draft, Width).Without(tag)).ToArray());
        TiffFiles.AssertSame(Page, TiffFiles.ReadPage(document, 0));
    }

    [Fact]
    public void Thumbnails_and_masks_are_not_pages()
    {
        var draft = new TiffDraft();
        draft.AddPage(Sound(draft, Width).Set(254, 4, 1)).AddPage(Sound(draft, Width)).AddPage(Sound(draft, Width).Set(254, 4, 4));
        using var document = TiffFiles.Open(draft.ToArray());
        Assert.Equal(1, document.PageCount);
    }

    public static TheoryData<TiffError, ushort, ushort, uint> Defects => new()
    {
        { TiffError.BadDimension, 256, 4, 0 },
        { TiffError.BadDimension, 256, 4, 65_536 },
        { TiffError.BadDimension, 256, 5, 1728 },
        { TiffError.BadDimension, 257, 4, 0 },
        { TiffError.BadDimension, 257, 4, 65_537 },
        { TiffError.NotBilevel, 258, 3, 8 },
        { TiffError.NotBilevel, 277, 3, 3 },
        { TiffError.NotBilevel, 262, 3, 3 },
        { TiffError.UnsupportedCompression, 259, 3, 5 },
        { TiffError.UnsupportedLayout, 322, 3, 64 },
        { TiffError.UnsupportedLayout, 274, 3, 3 },
        { TiffError.BadStrip, 273, 4, 0 },
        { TiffError.BadStrip, 273, 4, uint.MaxValue },
        { TiffError.BadStrip, 279, 4, 1 },
        { TiffError.Truncated, 279, 4, uint.MaxValue },
        { TiffError.BadStrip, 273, 5, 8 },
    };

    [Theory]
    [MemberData(nameof(Defects))]
    public void A_defect_in_a_tag_is_named(TiffError expected, ushort tag, ushort type, uint value) =>
        Assert.Equal(expected, ErrorOf(draft => Sound(draft, Width).Set(tag, type, type == 5 ? [value, 1] : [value])));

    [Theory]
    [InlineData(TiffError.BadDimension, 256)]
    [InlineData(TiffError.BadDimension, 257)]
    [InlineData(TiffError.BadStrip, 273)]
    [InlineData(TiffError.NotFaxRaster, 282)]
    [InlineData(TiffError.NotFaxRaster, 283)]
    public void A_missing_tag_is_named(TiffError expected, ushort tag) =>
        Assert.Equal(expected, ErrorOf(draft => Sound(draft, Width).Without(tag)));

    [Fact]
    public void Fewer_strips_than_the_rows_need_are_refused() => Assert.Equal(
        TiffError.BadStrip, ErrorOf(draft => Sound(draft, Width).Set(278, 4, 10).Set(273, 4, 8, 8).Set(279, 4, 2160, 2160)));

    [Theory]
    [InlineData(TiffError.NotTiff, "")]
    [InlineData(TiffError.NotTiff, "49492A00")]
    [InlineData(TiffError.NotTiff, "255044462D312E35")]
    [InlineData(TiffError.NotTiff, "4949002A00000000")]
    [InlineData(TiffError.BigTiff, "49492B0008000000")]
    [InlineData(TiffError.NoPages, "49492A0000000000")]
    [InlineData(TiffError.Truncated, "49492A00FFFFFFFF")]
    [InlineData(TiffError.Truncated, "4D4D002A000000080001")]
    [InlineData(TiffError.BadDirectory, "4D4D002A000000080000")]
    [InlineData(TiffError.BadDirectory, "4D4D002A00000008FFFF")]
    public void A_defect_in_the_header_or_a_directory_s_size_is_named(TiffError expected, string hex) =>
        Assert.Equal(expected, TiffFiles.ErrorOf(Convert.FromHexString(hex)));

    [Fact]
    public void Pages_that_lead_back_are_refused()
    {
        var draft = new TiffDraft();
        draft.AddPage(Sound(draft, Width));
        var link = draft.Link;
        draft.AddPage(Sound(draft, Width));
        var back = BitConverter.ToUInt32(draft.ToArray(), 4);
        Assert.Equal(TiffError.LoopInPages, TiffFiles.ErrorOf(draft.Write32(draft.Link, back).ToArray()));
        Assert.Equal(TiffError.LoopInPages, TiffFiles.ErrorOf(draft.Write32(link, back).ToArray()));
    }

    [Fact]
    public void More_pages_rows_or_pixels_than_allowed_are_refused()
    {
        var draft = new TiffDraft();
        for (var i = 0; i < 3; i++) draft.AddPage(Sound(draft, Width));
        var file = draft.ToArray();
        var enough = new TiffReadOptions { MaxPages = 3, MaxRows = Rows, MaxPixels = 3 * Width * Rows };
        Assert.Equal(TiffError.None, TiffFiles.ErrorOf(file, enough));
        Assert.Equal(TiffError.TooManyPages, TiffFiles.ErrorOf(file, new TiffReadOptions { MaxPages = 2 }));
        Assert.Equal(TiffError.BadDimension, TiffFiles.ErrorOf(file, new TiffReadOptions { MaxRows = Rows - 1 }));
        Assert.Equal(TiffError.TooLarge, TiffFiles.ErrorOf(file, new TiffReadOptions { MaxPixels = (3 * Width * Rows) - 1 }));
    }

    [Fact]
    public void Many_pages_that_share_one_table_of_strips_are_refused_in_time()
    {
        var draft = new TiffDraft();
        var row = draft.Append(new byte[216]);
        var offsets = draft.Append([.. Enumerable.Range(0, 65_536).SelectMany(_ => BitConverter.GetBytes(row))]);
        var counts = draft.Append([.. Enumerable.Range(0, 65_536).SelectMany(_ => BitConverter.GetBytes(216))]);
        for (var i = 0; i < 500; i++)
        {
            draft.AddPage(TiffDraftPage.Uncompressed(Width, 65_536, 8, 8).Set(278, 4, 1).Set(273, 4, offsets).Set(279, 4, counts));
            // The entries' counts: 65 536 values, at the offset that stands there.
            var start = draft.Link - (12 * 12);
            draft.Write32(start + (5 * 12) + 4, 65_536).Write32(start + (8 * 12) + 4, 65_536);
        }

        Assert.Equal(TiffError.BadStrip, TiffFiles.ErrorOf(draft.ToArray()));
    }

    [Fact]
    public void A_reader_holds_no_page()
    {
        var file = TiffFiles.Write(FaxCoding.Mmr, FaxResolution.Fine, null, Pictures.Make(Width, 1000, 10, 0, 2));
        Assert.InRange(file.Length, 100_000, int.MaxValue);
        using var document = TiffFiles.Open(file);
        var row = new byte[216];
        // The codec's tables are made once and are nobody's.
        TiffFiles.ReadPage(document, 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var reader = document.OpenPage(0);
        while (reader.TryReadRow(row))
        {
        }

        Assert.Equal(1000, reader.RowsRead);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 48 << 10);
    }

    [Fact]
    public void Every_error_has_a_sentence_of_its_own()
    {
        var errors = Enum.GetValues<TiffError>();
        Assert.All(errors, error => Assert.EndsWith(".", error.Describe()));
        Assert.Equal(errors.Length, errors.Select(error => error.Describe()).Distinct().Count());
    }

    private static TiffDraftPage Sound(TiffDraft draft, int width)
    {
        var rows = width == Width ? Page.Rows : new byte[PageBitmap.StrideOf(width) * Rows];
        var offset = draft.Append(rows);
        return TiffDraftPage.Uncompressed(width, Rows, offset, (uint)rows.Length);
    }

    private static PageFormat FormatOf(int width, uint across, uint down, uint unit)
    {
        var draft = new TiffDraft();
        var file = draft.AddPage(Sound(draft, width).Set(282, 5, across * 10, 10).Set(283, 5, down * 10, 10).Set(296, 3, unit)).ToArray();
        using var document = TiffFiles.Open(file, new TiffReadOptions());
        return document.Pages[0].Format;
    }

    private static TiffError ErrorOf(Func<TiffDraft, TiffDraftPage> page)
    {
        var draft = new TiffDraft();
        return TiffFiles.ErrorOf(draft.AddPage(page(draft)).ToArray());
    }
}
