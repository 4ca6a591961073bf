namespace Faxbot.Documents.Grey;

/// <summary>Brings the greys of a page to one scale: 0 is ink and less, 255 is the paper at that place and more.</summary>
internal sealed class ToneScale
{
    private const double WhiteShare = 0.93; // Seen paper is at least this white; what is whiter stays clean.

    private readonly int[] _gain = new int[256]; // By the level of paper: what a level above black counts, in 1/65536 of 255.
    private readonly byte _black;

    public ToneScale(PageTone tone)
    {
        _black = tone.Black;
        for (var white = 0; white < _gain.Length; white++)
        {
            var clean = tone.IsDrawn ? white - 2 : (white * WhiteShare) - tone.Black;
            _gain[white] = (int)(65536 * 255 / Math.Max(16, clean));
        }
    }

    /// <summary>The level of a pixel where paper has the level <paramref name="white"/>.</summary>
    public int Level(byte grey, byte white) => ((grey - _black) * _gain[white]) >> 16;
}
