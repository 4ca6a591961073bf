namespace Faxbot.Documents.Grey;

/// <summary>
/// Dithers the parts of a page that hold pictures. The error goes half to the next pixel and by quarters to the two below
/// (Sierra's smallest filter), rows alternating in direction. A pixel is drawn more readily as the one above it, which makes
/// short upright strokes of the dots: these take less than half of the octets in MR and MMR that single dots take, because a
/// change right below the last row's costs one bit.
/// </summary>
internal static class ErrorDiffusion
{
    private const int Adherence = 72; // How many of 256 levels the pixel above is worth.

    /// <summary>Draws the pixels of <paramref name="picture"/> into <paramref name="ink"/>; all others stay as they are.</summary>
    public static void Draw(GreyPage page, PageTone tone, PaperMap? paper, BitPlane picture, BitPlane ink)
    {
        var scale = new ToneScale(tone);
        var white = new byte[page.Stride];
        white.AsSpan().Fill(tone.White);
        // Errors for this row and the next, with a place beyond either end.
        var (current, next) = (new int[page.Stride + 2], new int[page.Stride + 2]);
        for (var y = 0; y < page.Height; y++)
        {
            if (picture.Row(y).ContainsAnyExcept(0ul))
            {
                paper?.ReadRow(y, white);
                var above = y > 0 ? ink.Row(y - 1) : default;
                var row = new DitheredRow(page.WideRow(y), white, scale, picture.Row(y), above, ink.Row(y), current.AsSpan(1), next);
                if ((y & 1) == 0) row.DrawRightwards();
                else row.DrawLeftwards();
            }

            current.AsSpan().Clear();
            (current, next) = (next, current);
        }
    }

    private readonly ref struct DitheredRow(ReadOnlySpan<byte> grey, ReadOnlySpan<byte> white, ToneScale scale,
        ReadOnlySpan<ulong> picture, ReadOnlySpan<ulong> above, Span<ulong> ink, Span<int> errors, Span<int> below)
    {
        private readonly ReadOnlySpan<byte> _grey = grey, _white = white;
        private readonly ToneScale _scale = scale;
        private readonly ReadOnlySpan<ulong> _picture = picture, _above = above;
        private readonly Span<ulong> _ink = ink;
        private readonly Span<int> _errors = errors, _below = below; // _below is one place longer on its left.

        public void DrawRightwards()
        {
            var carried = 0;
            for (var i = 0; i < _picture.Length; i++)
            {
                if (_picture[i] == 0)
                {
                    carried = 0;
                    continue;
                }

                var (mask, up, drawn) = (_picture[i], _above.IsEmpty ? 0 : _above[i], _ink[i]);
                for (var bit = 0; bit < 64; bit++) Draw((i * 64) + bit, 1ul << bit, mask, up, ref drawn, ref carried, -1);
                _ink[i] = drawn;
            }
        }

        public void DrawLeftwards()
        {
            var carried = 0;
            for (var i = _picture.Length - 1; i >= 0; i--)
            {
                if (_picture[i] == 0)
                {
                    carried = 0;
                    continue;
                }

                var (mask, up, drawn) = (_picture[i], _above.IsEmpty ? 0 : _above[i], _ink[i]);
                for (var bit = 63; bit >= 0; bit--) Draw((i * 64) + bit, 1ul << bit, mask, up, ref drawn, ref carried, 1);
                _ink[i] = drawn;
            }
        }

        private void Draw(int x, ulong bit, ulong mask, ulong up, ref ulong drawn, ref int carried, int behind)
        {
            if ((mask & bit) == 0)
            {
                carried = 0;
                return;
            }

            var level = _scale.Level(_grey[x], _white[x]);
            if (level is >= 255 or <= 0)
            {
                drawn = level <= 0 ? drawn | bit : drawn & ~bit;
                carried = 0;
                return;
            }

            var wanted = level + carried + _errors[x];
            var isBlack = wanted < ((up & bit) != 0 ? 128 + Adherence : 128 - Adherence);
            drawn = isBlack ? drawn | bit : drawn & ~bit;
            var error = isBlack ? wanted : wanted - 255;
            carried = error >> 1;
            var quarter = error >> 2;
            _below[x + 1 + behind] += quarter;
            _below[x + 1] += error - carried - quarter;
        }
    }
}
