using System.Buffers;

namespace Faxbot.Documents.Grey;

/// <summary>
/// A page in 256 greys, 0 black and 255 white, in a pooled buffer. Rows are <see cref="Stride"/> octets apart; those right of
/// <see cref="Width"/> are white, so that whole vectors and whole words of bits can be worked on. Not thread-safe.
/// </summary>
internal sealed class GreyPage : IDisposable
{
    private byte[] _pixels;

    public GreyPage(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        Width = width;
        Height = height;
        Stride = (width + 63) & ~63;
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)Stride * height, Array.MaxLength, nameof(height));
        _pixels = ArrayPool<byte>.Shared.Rent(Stride * height);
        Pixels.Fill(255);
    }

    /// <summary>Pixels across.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Octets from one row to the next: a multiple of 64.</summary>
    public int Stride { get; }

    /// <summary>All rows, the octets beyond <see cref="Width"/> included.</summary>
    public Span<byte> Pixels => _pixels.AsSpan(0, Stride * Height);

    /// <summary>Row <paramref name="y"/> without what lies beyond <see cref="Width"/>.</summary>
    public Span<byte> Row(int y) => _pixels.AsSpan(y * Stride, Width);

    /// <summary>Row <paramref name="y"/> with what lies beyond <see cref="Width"/>.</summary>
    public Span<byte> WideRow(int y) => _pixels.AsSpan(y * Stride, Stride);

    public void Dispose()
    {
        var pixels = Interlocked.Exchange(ref _pixels, []);
        if (pixels.Length > 0) ArrayPool<byte>.Shared.Return(pixels);
    }
}
