using Faxbot.Imaging.Pages;

namespace Faxbot.Fax.T30;

/// <summary>Where a <see cref="FaxReceiver"/> puts pages, row by row.</summary>
public interface IReceivedPages
{
    /// <summary>Whether a finished page cannot be taken yet: in ECM the transmitter is then held with RNR for up to T5.</summary>
    bool IsBusy => false;

    /// <summary>A page begins.</summary>
    void Begin(PageFormat format);

    /// <summary>The next row: <c>format.Stride</c> octets, 1 = black.</summary>
    void WriteRow(ReadOnlySpan<byte> row);

    /// <summary>
    /// The page is whole and must be kept; only when this returns is it confirmed to the far end.
    /// <paramref name="badRows"/> of its rows were damaged.
    /// </summary>
    void Keep(int badRows, int longestBadRun);

    /// <summary>The page was not received; what was written of it must go.</summary>
    void Discard();
}
