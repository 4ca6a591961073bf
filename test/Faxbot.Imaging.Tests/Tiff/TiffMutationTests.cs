using Faxbot.Imaging.Pages;
using Faxbot.Imaging.Tests.T4;
using Faxbot.Imaging.Tiff;

namespace Faxbot.Imaging.Tests.Tiff;

public class TiffMutationTests
{
    private const int MostPixels = 2_000_000;
    private static readonly TiffReadOptions Options = new() { MaxPixels = MostPixels, AnyWidth = true };

    [Theory]
    [InlineData(null)]
    [InlineData(FaxCoding.Mh)]
    [InlineData(FaxCoding.Mr)]
    [InlineData(FaxCoding.Mmr)]
    public void Damaged_files_end_in_an_error_or_in_counted_rows(FaxCoding? coding)
    {
        var pages = new[] { Pictures.Make(1728, 30, 20, 50, 1), Pictures.Make(1728, 20, 100, 95, 2) };
        var file = TiffFiles.Write(coding, FaxResolution.Fine, null, pages);
        var readable = 0;
        for (var seed = 0; seed < 3000; seed++)
        {
            if (ReadWhole(TiffMutations.Mutate(file, new Random(seed)))) readable++;
        }

        // Both ways must have been taken, or the test shows nothing.
        Assert.InRange(readable, 100, 2900);
    }

    [Fact]
    public void Damaged_files_with_many_strips_end_in_an_error_or_in_counted_rows()
    {
        var page = Pictures.Make(1728, 64, 20, 50, 1);
        var draft = new TiffDraft();
        var strips = Enumerable.Range(0, 16).Select(i => draft.Append(page.Rows.Slice(i * 4 * 216, 4 * 216))).ToArray();
        var file = draft.AddPage(TiffDraftPage.Uncompressed(1728, 64, 8, 8)
            .Set(278, 4, 4).Set(273, 4, strips).Set(279, 3, [.. Enumerable.Repeat(864u, 16)])).ToArray();
        Assert.True(ReadWhole(file));
        var readable = Enumerable.Range(0, 3000).Count(seed => ReadWhole(TiffMutations.Mutate(file, new Random(seed))));
        Assert.InRange(readable, 100, 2900);
    }

    [Fact]
    public void A_strip_that_ends_early_leaves_white_rows_and_the_strips_after_it_in_place()
    {
        var page = Pictures.Make(1728, 20, 20, 50, 1);
        var (top, bottom) = (new PageBitmap(1728, 8), new PageBitmap(1728, 10));
        page.Rows[..top.Rows.Length].CopyTo(top.Rows);
        page.Rows[(10 * 216)..].CopyTo(bottom.Rows);
        var draft = new TiffDraft();
        var (first, firstLength) = Append(draft, top);
        var (second, secondLength) = Append(draft, bottom);
        using var document = TiffFiles.Open(draft.AddPage(TiffDraftPage.Uncompressed(1728, 20, 8, 8)
            .Set(259, 3, 4).Set(278, 4, 10).Set(273, 4, first, second).Set(279, 4, firstLength, secondLength)).ToArray());
        using var reader = document.OpenPage(0);
        var row = new byte[216];
        for (var y = 0; y < 20; y++)
        {
            Assert.True(reader.TryReadRow(row));
            Assert.True(row.AsSpan().SequenceEqual(y is 8 or 9 ? new byte[216] : page.Row(y)));
        }

        Assert.False(reader.TryReadRow(row));
        Assert.Equal((2, 2, 0), (reader.BadRows, reader.LongestBadRun, reader.MissingRows));
    }

    [Fact]
    public void Rows_that_the_last_strip_lacks_are_not_made_up()
    {
        var draft = new TiffDraft();
        var (offset, length) = Append(draft, Pictures.Make(1728, 8, 20, 50, 1));
        using var document = TiffFiles.Open(draft.AddPage(TiffDraftPage.Uncompressed(1728, 50, offset, length).Set(259, 3, 4)).ToArray());
        using var reader = document.OpenPage(0);
        var row = new byte[216];
        while (reader.TryReadRow(row))
        {
        }

        Assert.Equal((8, 42, 0), (reader.RowsRead, reader.MissingRows, reader.BadRows));
    }

    private static (uint Offset, uint Length) Append(TiffDraft draft, PageBitmap page)
    {
        using var document = TiffFiles.Open(TiffFiles.Write(FaxCoding.Mmr, FaxResolution.Fine, null, page));
        Assert.True(document.TryOpenCoded(0, out var coded));
        var octets = new byte[coded!.Length];
        Assert.Equal(octets.Length, coded.Read(octets));
        return (draft.Append(octets), (uint)octets.Length);
    }

    private static bool ReadWhole(byte[] file)
    {
        var error = TiffFaxDocument.TryOpen(new MemoryStream(file), out var document, Options);
        Assert.Equal(error == TiffError.None, document is not null);
        using (document)
        {
            long pixels = 0;
            for (var i = 0; i < (document?.PageCount ?? 0); i++)
            {
                using var reader = document!.OpenPage(i);
                var row = new byte[reader.Format.Stride];
                while (reader.TryReadRow(row)) pixels += reader.Format.Width;
                Assert.Equal(document.Pages[i].Rows, reader.RowsRead + reader.MissingRows);
                Assert.InRange(reader.BadRows, reader.LongestBadRun, reader.RowsRead);
                if (document.TryOpenCoded(i, out var coded)) Assert.InRange(coded!.Length, 1, file.Length);
            }

            Assert.InRange(pixels, 0, MostPixels);
        }

        return error == TiffError.None;
    }
}
