using Faxbot.Imaging.Pages;

namespace Faxbot.Fax.T30;

/// <summary>The minimum scan-line time of T.30 table 2, bits 21 to 23, in its DIS and its DCS form.</summary>
internal static class MinimumScanLine
{
    public static (TimeSpan At385, bool HalvesAtFine) FromDis(int bits) => bits switch
    {
        0b000 => (Milliseconds(20), false),
        0b001 => (Milliseconds(40), false),
        0b010 => (Milliseconds(10), false),
        0b100 => (Milliseconds(5), false),
        0b011 => (Milliseconds(10), true),
        0b110 => (Milliseconds(20), true),
        0b101 => (Milliseconds(40), true),
        _ => (TimeSpan.Zero, false),
    };

    public static int ToDis(TimeSpan at385, bool halvesAtFine) => ((int)at385.TotalMilliseconds, halvesAtFine) switch
    {
        (0, _) => 0b111,
        ( <= 5, _) => 0b100,
        ( <= 10, false) => 0b010,
        ( <= 10, true) => 0b011,
        ( <= 20, false) => 0b000,
        ( <= 20, true) => 0b110,
        (_, false) => 0b001,
        (_, true) => 0b101,
    };

    public static TimeSpan FromDcs(int bits) => bits switch
    {
        0b000 => Milliseconds(20),
        0b001 => Milliseconds(40),
        0b010 => Milliseconds(10),
        0b100 => Milliseconds(5),
        _ => TimeSpan.Zero,
    };

    public static int ToDcs(TimeSpan time) => (int)time.TotalMilliseconds switch
    {
        0 => 0b111,
        <= 5 => 0b100,
        <= 10 => 0b010,
        <= 20 => 0b000,
        _ => 0b001,
    };

    /// <summary>What the receiver asks for at a resolution, as one of the values that DCS can name.</summary>
    public static TimeSpan At(DisCapabilities receiver, FaxResolution resolution)
    {
        var down = resolution.Dpi().Down;
        var time = receiver.MinimumScanTime;
        if (down > 150 && receiver.ScanTimeHalvesAtFine) time /= 2;
        if (down > 300 && receiver.ScanTimeHalvesAtSuperfine) time /= 2;
        // DCS has 0, 5, 10, 20 and 40 ms: the next longer one never overruns the receiver.
        return FromDcs(ToDcs(time > TimeSpan.Zero && time < Milliseconds(5) ? Milliseconds(5) : time));
    }

    private static TimeSpan Milliseconds(int value) => TimeSpan.FromMilliseconds(value);
}
