using System.Drawing;
using Faxbot.Documents.Tests.Support;
using Faxbot.Imaging.Pages;

namespace Faxbot.Documents.Tests;

public sealed class PdfRotationTests : IDisposable
{
    private const double PointsPerInch = 72;
    private const int Nearest = 3; // Pixels that rounding may move an edge by.

    // Sides of the solid squares in the corners of a page, clockwise from its upper left.
    private static readonly int[] Marks = [24, 36, 48, 60];

    private readonly RenderBench _bench = new();

    public static MatrixTheoryData<int, (double Width, double Height), FaxResolution> Pages => new(
        [0, 90, 180, 270, -90],
        [(500, 700), (700, 500), (TestPdf.A4Width, TestPdf.A4Height), (TestPdf.A4Height, TestPdf.A4Width)],
        [FaxResolution.Standard, FaxResolution.Fine, FaxResolution.Superfine]);

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task All_four_corners_of_a_page_come_through_where_they_belong(int rotate, (double Width, double Height) size, FaxResolution resolution)
    {
        var (rendered, page) = await DrawAsync(Marked(size.Width, size.Height, rotate), resolution);
        var isOnItsSide = rotate % 180 != 0;
        var (width, height) = isOnItsSide ? (size.Height, size.Width) : size;
        Assert.Equal(width > height, rendered.IsTurned);
        // /Rotate turns clockwise, and what lies on its side is turned back to the left.
        AssertMarks(page, rendered, resolution, (width, height), (rotate / 90) - (rendered.IsTurned ? 1 : 0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(90)]
    [InlineData(270)]
    public async Task Of_a_page_with_a_crop_box_all_that_is_in_the_box_comes_through(int rotate)
    {
        // The box reaches beyond the paper on one side, and counts only as far as there is paper.
        var marked = Marked(400, 300, rotate) with { Width = 612, Height = 792, Attributes = "/CropBox[0 -50 400 300]" };
        var (rendered, page) = await DrawAsync(marked, FaxResolution.Superfine);
        var seen = rotate == 0 ? (400, 300) : (300, 400);
        AssertMarks(page, rendered, FaxResolution.Superfine, seen, rotate / 90);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(3)]
    public async Task A_page_whose_unit_is_not_the_point_is_whole(double unit)
    {
        var marked = Marked(500, 700, 90) with { Attributes = FormattableString.Invariant($"/UserUnit {unit}") };
        var (rendered, page) = await DrawAsync(marked, FaxResolution.Superfine);
        AssertMarks(page, rendered, FaxResolution.Superfine, (700, 500), 0);
    }

    public void Dispose() => _bench.Dispose();

    private async Task<(RenderedPage Rendered, PageBitmap Page)> DrawAsync(TestPdfPage page, FaxResolution resolution)
    {
        var outcome = await _bench.RenderAsync(new RenderOptions { Resolution = resolution }, _bench.Pdf(page));
        Assert.Null(outcome.Error);
        return (Assert.Single(outcome.Pages), Assert.Single(_bench.Pages));
    }

    private static TestPdfPage Marked(double width, double height, int rotate)
    {
        var (upperLeft, upperRight, lowerRight, lowerLeft) = (Marks[0], Marks[1], Marks[2], Marks[3]);
        return new TestPdfPage(width, height, FormattableString.Invariant(
            $"0 {height - upperLeft} {upperLeft} {upperLeft} re {width - upperRight} {height - upperRight} {upperRight} {upperRight} re {width - lowerRight} 0 {lowerRight} {lowerRight} re 0 0 {lowerLeft} {lowerLeft} re f"),
            rotate);
    }

    private static void AssertMarks(PageBitmap page, RenderedPage rendered, FaxResolution resolution, (double Width, double Height) seen, int quarters)
    {
        var (width, height) = rendered.IsTurned ? (seen.Height, seen.Width) : seen;
        var (dpiAcross, dpiDown) = resolution.Dpi();
        var (across, down) = (dpiAcross * rendered.Scale / PointsPerInch, dpiDown * rendered.Scale / PointsPerInch);
        var bounds = page.Bounds();
        Assert.InRange(bounds.Width, (width * across) - Nearest, (width * across) + Nearest);
        Assert.InRange(bounds.Height, (height * down) - Nearest, (height * down) + Nearest);
        for (var corner = 0; corner < 4; corner++)
        {
            var side = Marks[(corner - quarters + 8) % 4];
            var mark = new Size((int)Math.Round(side * across), (int)Math.Round(side * down));
            var place = new Rectangle(
                corner is 1 or 2 ? bounds.Right - mark.Width : bounds.Left, corner is 2 or 3 ? bounds.Bottom - mark.Height : bounds.Top, mark.Width, mark.Height);
            Assert.True(page.Share(place) > 0.9, $"corner {corner} lacks ink");
            Assert.InRange(page.Count(Rectangle.Inflate(place, 12, 12)), page.Count(place), page.Count(place) + (Nearest * (mark.Width + mark.Height)));
        }
    }
}
