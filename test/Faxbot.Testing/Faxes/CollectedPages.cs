using Faxbot.Fax.T30;
using Faxbot.Imaging.Pages;

namespace Faxbot.Testing.Faxes;

/// <summary>Received pages as octets of rows in memory.</summary>
public sealed class CollectedPages : IReceivedPages
{
    private readonly List<byte> _rows = [];
    private PageFormat _format;

    /// <summary>The pages that were kept.</summary>
    public List<CollectedPage> Kept { get; } = [];

    /// <inheritdoc/>
    public bool IsBusy { get; set; }

    /// <inheritdoc/>
    public void Begin(PageFormat format) => _format = format;

    /// <inheritdoc/>
    public void WriteRow(ReadOnlySpan<byte> row) => _rows.AddRange(row);

    /// <inheritdoc/>
    public void Keep(int badRows, int longestBadRun)
    {
        Kept.Add(new CollectedPage(_format, [.. _rows], badRows));
        _rows.Clear();
    }

    /// <inheritdoc/>
    public void Discard() => _rows.Clear();
}

/// <summary>One page that was received.</summary>
public sealed record CollectedPage(PageFormat Format, byte[] Rows, int BadRows)
{
    /// <summary>Whether its pixels are exactly those of <paramref name="bitmap"/>.</summary>
    public bool Equals(PageBitmap bitmap) => Format.Width == bitmap.Width && bitmap.Rows.SequenceEqual(Rows);
}
