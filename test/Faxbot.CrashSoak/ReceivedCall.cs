using Faxbot.Fax.T30;
using Faxbot.Imaging.Pages;

namespace Faxbot.CrashSoak;

/// <summary>What one call brought to <see cref="FarTrunk"/>: pages are counted, not kept. Written by its call only.</summary>
internal sealed class ReceivedCall : IReceivedPages
{
    private volatile int _pages;

    /// <summary>Pages that were confirmed to the sender.</summary>
    public int Pages => _pages;

    public void Begin(PageFormat format)
    {
    }

    public void WriteRow(ReadOnlySpan<byte> row)
    {
    }

    public void Keep(int badRows, int longestBadRun) => _pages++;

    public void Discard()
    {
    }
}
