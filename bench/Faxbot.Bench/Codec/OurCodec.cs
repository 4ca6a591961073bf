using Faxbot.Bench.Documents;
using Faxbot.Imaging.Pages;
using Faxbot.Imaging.T4;

namespace Faxbot.Bench.Codec;

/// <summary>Our codec over pages in memory, used as a line uses it: row by row, coded data in pieces, a new coder for each page.</summary>
internal sealed class OurCodec
{
    private const int PieceOctets = 4096;
    private readonly IReadOnlyList<PageBitmap> _pages;

    /// <summary>The coded pages, by coding.</summary>
    private readonly byte[][][] _coded;

    /// <summary>Where pages are coded to and decoded to.</summary>
    private readonly byte[] _octets;
    private readonly PageBitmap _bitmap;

    public OurCodec(IReadOnlyList<PageBitmap> pages)
    {
        _pages = pages;
        _bitmap = new PageBitmap(pages[0].Width, pages.Max(page => page.Height));
        _octets = new byte[new FaxEncoder(FaxCoding.Mr, _bitmap.Width).MaxRowOctets * (_bitmap.Height + 1)];
        _coded = [.. Enum.GetValues<FaxCoding>().Select(coding => pages.Select(page => Encode(coding, page).ToArray()).ToArray())];
    }

    /// <summary>Octets of all bitmaps.</summary>
    public long RawOctets => _pages.Sum(page => (long)page.Rows.Length);

    /// <summary>Octets that a page is coded to, on average.</summary>
    public double CodedOctets(FaxCoding coding) => _coded[(int)coding].Average(coded => coded.Length);

    /// <summary>Megabytes of bitmap in a second of processor time, all threads of this process, over at least so many seconds.</summary>
    public double Measure(CodecCell cell, double seconds)
    {
        var (start, rounds, spent) = (ProcessorTime.SelfSeconds, 0, 0.0);
        while (spent < seconds)
        {
            RunOnce(cell);
            rounds++;
            spent = ProcessorTime.SelfSeconds - start;
        }

        return RawOctets * rounds / spent / 1e6;
    }

    /// <summary>Decodes all that was coded and compares the pixels.</summary>
    /// <exception cref="InvalidOperationException">They differ.</exception>
    public void Verify()
    {
        foreach (var coding in Enum.GetValues<FaxCoding>())
        {
            for (var index = 0; index < _pages.Count; index++)
            {
                _bitmap.Rows.Fill(0xFF);
                var page = _pages[index].Rows;
                if (Decode(coding, index) != _pages[index].Height || !_bitmap.Rows[..page.Length].SequenceEqual(page))
                    throw new InvalidOperationException($"{coding}: page {index + 1} came back as another.");
            }
        }
    }

    private void RunOnce(CodecCell cell)
    {
        for (var index = 0; index < _pages.Count; index++)
        {
            if (cell.IsDecoding) Decode(cell.Coding, index);
            else Encode(cell.Coding, _pages[index]);
        }
    }

    private Span<byte> Encode(FaxCoding coding, PageBitmap page)
    {
        var encoder = new FaxEncoder(coding, page.Width);
        var end = 0;
        for (var y = 0; y < page.Height; y++) end += encoder.EncodeRow(page.Row(y), _octets.AsSpan(end));
        end += encoder.Finish(_octets.AsSpan(end));
        return _octets.AsSpan(0, end);
    }

    /// <summary>Returns the good rows.</summary>
    private int Decode(FaxCoding coding, int index)
    {
        var decoder = new FaxDecoder(coding, _bitmap.Width, new FaxDecoderOptions { MaxRows = _bitmap.Height });
        var surplus = new byte[_bitmap.Stride];
        for (var rest = _coded[(int)coding][index].AsSpan(); ;)
        {
            var row = decoder.RowCount < _bitmap.Height ? _bitmap.Row(decoder.RowCount) : surplus;
            var status = decoder.TryReadRow(row);
            if (status == RowStatus.EndOfPage) return decoder.RowCount - decoder.BadRows;
            if (status != RowStatus.NeedMoreData) continue;
            var piece = rest[..Math.Min(PieceOctets, rest.Length)];
            if (piece.IsEmpty) decoder.Complete();
            else decoder.Append(piece);
            rest = rest[piece.Length..];
        }
    }
}
