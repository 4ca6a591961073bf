using Faxbot.Imaging.Pages;
using Faxbot.Testing.Faxes;

namespace Faxbot.Testing.Calls;

/// <summary>The pages of scripted and seeded calls: page n is the same in every call, some rows of text, each page at a resolution of its own.</summary>
internal sealed class SampleDocument(IReadOnlyList<FaxResolution> resolutions, int rows = SampleDocument.FewRows) : IFaxDocument
{
    private const int FewRows = 30;

    public int PageCount => resolutions.Count;

    /// <summary>The pixels of page <paramref name="number"/>, counted from 1.</summary>
    public static PageBitmap Page(int number, int rows = FewRows) => SamplePages.Text(1728, rows, number);

    public IPageReader OpenPage(int index) => new BitmapDocument(resolutions[index], Page(index + 1, rows)).OpenPage(0);

    public void Dispose()
    {
    }
}
