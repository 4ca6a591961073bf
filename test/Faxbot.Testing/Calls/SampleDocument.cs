using Faxbot.Imaging.Pages;
using Faxbot.Testing.Faxes;

namespace Faxbot.Testing.Calls;

/// <summary>The pages of scripted calls: page n is the same in every call, some rows of text, each page at a resolution of its own.</summary>
internal sealed class SampleDocument(IReadOnlyList<FaxResolution> resolutions) : IFaxDocument
{
    private const int Rows = 30;

    public int PageCount => resolutions.Count;

    /// <summary>The pixels of page <paramref name="number"/>, counted from 1.</summary>
    public static PageBitmap Page(int number) => SamplePages.Text(1728, Rows, number);

    public IPageReader OpenPage(int index) => new BitmapDocument(resolutions[index], Page(index + 1)).OpenPage(0);

    public void Dispose()
    {
    }
}
