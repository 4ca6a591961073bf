namespace Faxbot.Fax.T30;

/// <summary>The receiving half of error correction (T.30 annex A): the frames of the current block, until all are there.</summary>
internal sealed class EcmReception
{
    private const int FramesPerBlock = 256;
    private const int MaxFrameData = 256;

    private readonly byte[] _data = new byte[FramesPerBlock * MaxFrameData];
    private readonly short[] _lengths = new short[FramesPerBlock];

    public EcmReception() => Clear();

    /// <summary>Whether any frame of the current block has arrived.</summary>
    public bool IsEmpty { get; private set; }

    /// <summary>The frames of the current block, as far as PPS told.</summary>
    public int FrameCount { get; private set; }

    /// <summary>The frames of the block that have not arrived.</summary>
    public int Missing => _lengths.AsSpan(0, FrameCount).Count((short)-1);

    /// <summary>Begins a block.</summary>
    public void Clear()
    {
        FrameCount = 0;
        Array.Fill(_lengths, (short)-1);
        IsEmpty = true;
    }

    /// <summary>Takes the information field of an FCD frame: its number and its data. Anything malformed is dropped.</summary>
    public void Put(ReadOnlySpan<byte> information)
    {
        if (information.Length < 1 || information.Length > 1 + MaxFrameData) return;
        var number = BitOrder.Reverse(information[0]);
        information[1..].CopyTo(_data.AsSpan(number * MaxFrameData));
        _lengths[number] = (short)(information.Length - 1);
        IsEmpty = false;
    }

    /// <summary>The data of a frame that has arrived.</summary>
    public ReadOnlySpan<byte> Frame(int number) => _data.AsSpan(number * MaxFrameData, Math.Max(_lengths[number], (short)0));

    /// <summary>
    /// Takes the frame count of PPS. Some transmitters count in a repetition only what they repeat: the block is as long as the
    /// largest count said.
    /// </summary>
    public void Announce(int count) => FrameCount = Math.Max(FrameCount, count);

    /// <summary>The map of PPR: a 1 for each frame that is missing or beyond the block (T.30 A.4.4).</summary>
    public byte[] MissingMap()
    {
        var map = new byte[FramesPerBlock / 8];
        for (var i = 0; i < FramesPerBlock; i++) map.AsSpan().SetBit(i + 1, i >= FrameCount || _lengths[i] < 0);
        return map;
    }
}
