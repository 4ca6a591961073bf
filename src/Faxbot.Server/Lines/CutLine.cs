using Faxbot.Fax.T30;
using Faxbot.Imaging.Pages;

namespace Faxbot.Server.Lines;

/// <summary>
/// Takes the first page and never another: the transmitter is held after page 2 (RNR), so that whoever watches the call can end it before a second page is
/// confirmed, however fast pages come.
/// </summary>
internal sealed class CutLine(IReceivedPages pages) : IReceivedPages, IDisposable
{
    public bool IsBusy { get; private set; }

    public void Begin(PageFormat format) => pages.Begin(format);

    public void WriteRow(ReadOnlySpan<byte> row) => pages.WriteRow(row);

    public void Keep(int badRows, int longestBadRun)
    {
        pages.Keep(badRows, longestBadRun);
        IsBusy = true;
    }

    public void Discard() => pages.Discard();

    public void Dispose() => (pages as IDisposable)?.Dispose();
}
