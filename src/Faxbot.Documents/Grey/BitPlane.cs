using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Faxbot.Imaging.Pages;

namespace Faxbot.Documents.Grey;

/// <summary>
/// One bit a pixel of a <see cref="GreyPage"/>, the leftmost pixel in bit 0 of a row's first word: the order in which vector
/// comparisons deliver their results. One word of zeros ends each row, so that shifts over the whole plane never carry a
/// pixel into the next row. Not thread-safe.
/// </summary>
internal sealed class BitPlane : IDisposable
{
    private ulong[] _words;

    public BitPlane(GreyPage page)
        : this(page.Stride / 64, page.Height)
    {
    }

    private BitPlane(int wordsInRow, int height)
    {
        WordsInRow = wordsInRow;
        Height = height;
        _words = ArrayPool<ulong>.Shared.Rent((wordsInRow + 1) * height);
        Words.Clear();
    }

    /// <summary>Words of pixels in a row, without the empty one at its end.</summary>
    public int WordsInRow { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>All words, with the empty one at the end of each row.</summary>
    public Span<ulong> Words => _words.AsSpan(0, (WordsInRow + 1) * Height);

    /// <summary>The pixels of row <paramref name="y"/>.</summary>
    public Span<ulong> Row(int y) => _words.AsSpan(y * (WordsInRow + 1), WordsInRow);

    public bool IsEmpty => !Words.ContainsAnyExcept(0ul);

    public BitPlane Clone()
    {
        var copy = new BitPlane(WordsInRow, Height);
        Words.CopyTo(copy.Words);
        return copy;
    }

    public void And(BitPlane other)
    {
        var wide = Wide(Words);
        var wideOther = Wide(other.Words);
        for (var i = 0; i < wide.Length; i++) wide[i] &= wideOther[i];
        for (var i = wide.Length * 4; i < Words.Length; i++) Words[i] &= other.Words[i];
    }

    public void Or(BitPlane other)
    {
        var wide = Wide(Words);
        var wideOther = Wide(other.Words);
        for (var i = 0; i < wide.Length; i++) wide[i] |= wideOther[i];
        for (var i = wide.Length * 4; i < Words.Length; i++) Words[i] |= other.Words[i];
    }

    public void AndNot(BitPlane other)
    {
        var wide = Wide(Words);
        var wideOther = Wide(other.Words);
        for (var i = 0; i < wide.Length; i++) wide[i] = Vector256.AndNot(wide[i], wideOther[i]);
        for (var i = wide.Length * 4; i < Words.Length; i++) Words[i] &= ~other.Words[i];
    }

    /// <summary>Keeps what is covered by windows of <paramref name="across"/> x <paramref name="down"/> pixels that are set throughout.</summary>
    public void Open(int across, int down)
    {
        // A window is kept by its top left pixel, then grows from there: no shift leaves the row that it began in.
        for (var (run, size) = (1, across); run < size; run += Math.Min(run, size - run)) AndFromRight(Math.Min(run, size - run));
        for (var (run, size) = (1, down); run < size; run += Math.Min(run, size - run)) AndFromBelow(Math.Min(run, size - run));
        for (var (run, size) = (1, across); run < size; run += Math.Min(run, size - run)) OrFromLeft(Math.Min(run, size - run));
        for (var (run, size) = (1, down); run < size; run += Math.Min(run, size - run)) OrFromAbove(Math.Min(run, size - run));
    }

    /// <summary>Sets every pixel that has a set one up to <paramref name="left"/> pixels to its left, and so on for the other sides.</summary>
    public void Dilate(int left, int right, int above, int below)
    {
        for (var (run, size) = (1, left + 1); run < size; run += Math.Min(run, size - run)) OrFromLeft(Math.Min(run, size - run));
        ClearEnds();
        for (var (run, size) = (1, right + 1); run < size; run += Math.Min(run, size - run)) OrFromRight(Math.Min(run, size - run));
        for (var (run, size) = (1, above + 1); run < size; run += Math.Min(run, size - run)) OrFromAbove(Math.Min(run, size - run));
        for (var (run, size) = (1, below + 1); run < size; run += Math.Min(run, size - run)) OrFromBelow(Math.Min(run, size - run));
    }

    /// <summary>Fills gaps in which no window of <paramref name="across"/> x <paramref name="down"/> pixels fits.</summary>
    public void Close(int across, int down)
    {
        using var original = Clone();
        Dilate(across / 2, across - 1 - (across / 2), down / 2, down - 1 - (down / 2));
        // Back by the same steps, mirrored; what lies beyond the plane's edge counts as empty, so the original is added again.
        for (var (run, size) = (1, across); run < size; run += Math.Min(run, size - run)) AndFromRight(Math.Min(run, size - run));
        for (var (run, size) = (1, down); run < size; run += Math.Min(run, size - run)) AndFromBelow(Math.Min(run, size - run));
        Move(across / 2, down / 2);
        Or(original);
    }

    /// <summary>Moves the pixels to the right and down (negative: left and up), by less than 64; those that leave the plane are lost.</summary>
    public void Move(int right, int down)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Math.Abs(right), 63, nameof(right));
        var words = Words;
        if (right > 0)
        {
            for (var i = words.Length - 1; i > 0; i--) words[i] = (words[i] << right) | (words[i - 1] >> (64 - right));
            words[0] <<= right;
        }
        else if (right < 0)
        {
            for (var i = 0; i < words.Length - 1; i++) words[i] = (words[i] >> -right) | (words[i + 1] << (64 + right));
            words[^1] >>= -right;
        }

        ClearEnds();
        var by = Math.Min(words.Length, Math.Abs(down) * (WordsInRow + 1));
        if (down >= 0)
        {
            words[..^by].CopyTo(words[by..]);
            words[..by].Clear();
        }
        else
        {
            words[by..].CopyTo(words);
            words[^by..].Clear();
        }
    }

    /// <summary>How many pixels are set.</summary>
    public long Count()
    {
        var count = 0L;
        foreach (var word in Words) count += BitOperations.PopCount(word);
        return count;
    }

    /// <summary>Writes the pixels as a page's rows, the leftmost in bit 7.</summary>
    public void CopyTo(PageBitmap page)
    {
        Span<byte> octets = stackalloc byte[8];
        for (var y = 0; y < page.Height; y++)
        {
            var row = page.Row(y);
            var from = Row(y);
            for (var i = 0; i * 8 < row.Length; i++)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(octets, MirrorOctets(from[i]));
                octets[..Math.Min(8, row.Length - (i * 8))].CopyTo(row[(i * 8)..]);
            }

            if ((page.Width & 7) != 0) row[^1] &= (byte)(0xFF00 >> (page.Width & 7));
        }
    }

    public void Dispose()
    {
        var words = Interlocked.Exchange(ref _words, []);
        if (words.Length > 0) ArrayPool<ulong>.Shared.Return(words);
    }

    private static ulong MirrorOctets(ulong word)
    {
        word = ((word >> 1) & 0x5555555555555555) | ((word & 0x5555555555555555) << 1);
        word = ((word >> 2) & 0x3333333333333333) | ((word & 0x3333333333333333) << 2);
        return ((word >> 4) & 0x0F0F0F0F0F0F0F0F) | ((word & 0x0F0F0F0F0F0F0F0F) << 4);
    }

    private void ClearEnds()
    {
        for (var i = WordsInRow; i < Words.Length; i += WordsInRow + 1) _words[i] = 0;
    }

    private static Span<Vector256<ulong>> Wide(Span<ulong> words) => MemoryMarshal.Cast<ulong, Vector256<ulong>>(words);

    private void AndFromRight(int by)
    {
        var words = Words;
        var i = 0;
        for (; i + 4 < words.Length; i += 4)
        {
            var here = Vector256.Create<ulong>(words[i..]);
            var next = Vector256.Create<ulong>(words[(i + 1)..]);
            (here & ((here >>> by) | (next << (64 - by)))).CopyTo(words[i..]);
        }

        for (; i < words.Length; i++) words[i] &= (words[i] >> by) | (i + 1 < words.Length ? words[i + 1] << (64 - by) : 0);
    }

    private void OrFromRight(int by)
    {
        var words = Words;
        var i = 0;
        for (; i + 4 < words.Length; i += 4)
        {
            var here = Vector256.Create<ulong>(words[i..]);
            var next = Vector256.Create<ulong>(words[(i + 1)..]);
            (here | (here >>> by) | (next << (64 - by))).CopyTo(words[i..]);
        }

        for (; i < words.Length; i++) words[i] |= (words[i] >> by) | (i + 1 < words.Length ? words[i + 1] << (64 - by) : 0);
        ClearEnds();
    }

    private void OrFromLeft(int by)
    {
        var words = Words;
        var i = words.Length - 4;
        for (; i >= 1; i -= 4)
        {
            var here = Vector256.Create<ulong>(words[i..]);
            var previous = Vector256.Create<ulong>(words[(i - 1)..]);
            (here | (here << by) | (previous >>> (64 - by))).CopyTo(words[i..]);
        }

        for (i += 3; i >= 0; i--) words[i] |= (words[i] << by) | (i > 0 ? words[i - 1] >> (64 - by) : 0);
    }

    private void AndFromBelow(int rows)
    {
        var words = Words;
        var by = rows * (WordsInRow + 1);
        var kept = Math.Max(0, words.Length - by);
        var i = 0;
        for (; i + 4 <= kept; i += 4) (Vector256.Create<ulong>(words[i..]) & Vector256.Create<ulong>(words[(i + by)..])).CopyTo(words[i..]);
        for (; i < kept; i++) words[i] &= words[i + by];
        words[kept..].Clear();
    }

    private void OrFromBelow(int rows)
    {
        var words = Words;
        var by = rows * (WordsInRow + 1);
        var i = 0;
        for (; i + by + 4 <= words.Length; i += 4)
            (Vector256.Create<ulong>(words[i..]) | Vector256.Create<ulong>(words[(i + by)..])).CopyTo(words[i..]);
        for (; i + by < words.Length; i++) words[i] |= words[i + by];
    }

    private void OrFromAbove(int rows)
    {
        var words = Words;
        var by = rows * (WordsInRow + 1);
        var i = words.Length - 4;
        for (; i >= by; i -= 4) (Vector256.Create<ulong>(words[i..]) | Vector256.Create<ulong>(words[(i - by)..])).CopyTo(words[i..]);
        for (i += 3; i >= by; i--) words[i] |= words[i - by];
    }
}
