namespace Faxbot.Imaging.Pages;

/// <summary>
/// A black-and-white page held whole in memory: <see cref="Height"/> rows of <see cref="Stride"/> octets, one bit a pixel.
/// Bit 7 of a row's first octet is the leftmost pixel; 1 is black. Bits right of <see cref="Width"/> are always 0.
/// Not thread-safe.
/// </summary>
public sealed class PageBitmap
{
    private readonly byte[] _rows;

    /// <summary>An all-white page.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is not positive, or the page exceeds 2^31 octets.</exception>
    public PageBitmap(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegative(height);
        Width = width;
        Height = height;
        Stride = StrideOf(width);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)Stride * height, Array.MaxLength, nameof(height));
        _rows = new byte[Stride * height];
    }

    /// <summary>Pixels across.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Octets a row.</summary>
    public int Stride { get; }

    /// <summary>All rows, top to bottom.</summary>
    public Span<byte> Rows => _rows;

    /// <summary>The octets that a row of <paramref name="width"/> pixels takes.</summary>
    public static int StrideOf(int width) => (width + 7) >> 3;

    /// <summary>Row <paramref name="y"/>, the topmost being 0.</summary>
    public Span<byte> Row(int y) => _rows.AsSpan(y * Stride, Stride);

    /// <summary>Whether the pixel is black.</summary>
    public bool this[int x, int y]
    {
        get => (Row(y)[x >> 3] & (0x80 >> (x & 7))) != 0;
        set
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)x, (uint)Width, nameof(x));
            ref var octet = ref Row(y)[x >> 3];
            octet = (byte)(value ? octet | (0x80 >> (x & 7)) : octet & ~(0x80 >> (x & 7)));
        }
    }
}
