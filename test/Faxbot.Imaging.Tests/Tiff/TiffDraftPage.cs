using System.Collections;

namespace Faxbot.Imaging.Tests.Tiff;

/// <summary>
/// The tags of one page of a <see cref="TiffDraft"/>: (type, values) by number, 3 being SHORT, 4 LONG and 5 a fraction of two values.
/// </summary>
internal sealed class TiffDraftPage : IEnumerable<KeyValuePair<ushort, (ushort Type, uint[] Values)>>
{
    private readonly SortedDictionary<ushort, (ushort Type, uint[] Values)> _tags = [];

    public int Count => _tags.Count;

    /// <summary>A sound page of uncompressed rows in one strip at 204 x 196 dpi.</summary>
    public static TiffDraftPage Uncompressed(int width, int rows, uint offset, uint length) => new TiffDraftPage()
        .Set(256, 4, (uint)width).Set(257, 4, (uint)rows).Set(258, 3, 1).Set(259, 3, 1).Set(262, 3, 0)
        .Set(273, 4, offset).Set(277, 3, 1).Set(278, 4, (uint)rows).Set(279, 4, length)
        .Set(282, 5, 204, 1).Set(283, 5, 196, 1).Set(296, 3, 2);

    public TiffDraftPage Set(ushort tag, ushort type, params uint[] values)
    {
        _tags[tag] = (type, values);
        return this;
    }

    public TiffDraftPage Without(ushort tag)
    {
        _tags.Remove(tag);
        return this;
    }

    public IEnumerator<KeyValuePair<ushort, (ushort Type, uint[] Values)>> GetEnumerator() => _tags.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
