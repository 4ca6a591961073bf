namespace Faxbot.Fax.T30;

/// <summary>
/// The sending half of error correction (T.30 annex A) for one page: cuts its code into blocks of at most 256 FCD frames and
/// remembers the frames of the current block until the receiver has them all.
/// </summary>
internal sealed class EcmTransmission(CodedPage page, int frameSize)
{
    /// <summary>FCD frames in a block.</summary>
    public const int FramesPerBlock = 256;

    private const int HeaderLength = 4;

    private readonly byte[] _frames = new byte[FramesPerBlock * (HeaderLength + frameSize)];
    private readonly bool[] _wanted = new bool[FramesPerBlock];

    /// <summary>The current block, counted from 0.</summary>
    public int Block { get; private set; } = -1;

    /// <summary>Frames of the current block; known once it has been sent for the first time.</summary>
    public int FrameCount { get; private set; }

    /// <summary>How often the receiver has asked for frames of this block since the last change of rate.</summary>
    public int Requests { get; private set; }

    /// <summary>Whether the current block ends the page; known once it has been sent.</summary>
    public bool IsLastBlock => page.AtEnd;

    /// <summary>Begins the next block and returns the signal that carries it.</summary>
    public FrameSignal NextBlock(Modulation modulation, bool shortTraining)
    {
        Block++;
        FrameCount = 0;
        Requests = 0;
        return new FirstSending(this, modulation, shortTraining);
    }

    /// <summary>The signal with the frames that the receiver asked for.</summary>
    public FrameSignal Repeat(Modulation modulation, bool shortTraining) => new Repetition(this, modulation, shortTraining);

    /// <summary>Takes the map of a PPR, where a 1 asks for a frame; returns how many of ours it asks for.</summary>
    public int Request(ReadOnlySpan<byte> map)
    {
        Requests++;
        var count = 0;
        for (var i = 0; i < FrameCount; i++)
        {
            _wanted[i] = map.Bit(i + 1);
            if (_wanted[i]) count++;
        }

        return count;
    }

    /// <summary>The receiver agreed to go on at a lower rate (CTR): its requests count anew.</summary>
    public void ForgetRequests() => Requests = 0;

    /// <summary>
    /// PPS information (T.30 A.4.3): the post-page command with its first bit 1, or 0 within a page; then page and block modulo 256
    /// and the frames less one.
    /// </summary>
    public byte[] PartialPageSignal(FrameType? postPage, int pageIndex) =>
    [
        (byte)(postPage is { } command ? (byte)command | 0x80 : 0),
        BitOrder.Reverse((byte)pageIndex),
        BitOrder.Reverse((byte)Block),
        BitOrder.Reverse((byte)(FrameCount - 1)),
    ];

    private Span<byte> Frame(int index) => _frames.AsSpan(index * (HeaderLength + frameSize), HeaderLength + frameSize);

    private bool LoadFrame()
    {
        // An empty page still needs a frame: a block has at least one.
        if (FrameCount == FramesPerBlock || (page.AtEnd && FrameCount > 0)) return false;
        var frame = Frame(FrameCount);
        frame[0] = 0xFF;
        frame[1] = 0xC0;
        frame[2] = (byte)FrameType.Fcd;
        frame[3] = BitOrder.Reverse((byte)FrameCount);
        var length = page.Read(frame[HeaderLength..]);
        // T.4 A.3.6.2: pad bits of 0 fill the last frame.
        frame[(HeaderLength + length)..].Clear();
        _wanted[FrameCount] = false;
        FrameCount++;
        return true;
    }

    // RCP three times ends the frames (T.4 A.3.6.3).
    private abstract class Sending(Modulation modulation, bool shortTraining) : FrameSignal(modulation, shortTraining)
    {
        private static readonly byte[] ReturnToControl = [0xFF, 0xC0, (byte)FrameType.Rcp];
        private int _returnsLeft = 3;

        public override bool TryReadFrame(out ReadOnlySpan<byte> frame)
        {
            if (TryReadData(out frame)) return true;
            frame = ReturnToControl;
            return _returnsLeft-- > 0;
        }

        protected abstract bool TryReadData(out ReadOnlySpan<byte> frame);
    }

    private sealed class FirstSending(EcmTransmission owner, Modulation modulation, bool shortTraining) : Sending(modulation, shortTraining)
    {
        protected override bool TryReadData(out ReadOnlySpan<byte> frame)
        {
            frame = default;
            if (!owner.LoadFrame()) return false;
            frame = owner.Frame(owner.FrameCount - 1);
            return true;
        }
    }

    private sealed class Repetition(EcmTransmission owner, Modulation modulation, bool shortTraining) : Sending(modulation, shortTraining)
    {
        private int _next;

        protected override bool TryReadData(out ReadOnlySpan<byte> frame)
        {
            while (_next < owner.FrameCount && !owner._wanted[_next]) _next++;
            frame = _next < owner.FrameCount ? owner.Frame(_next) : default;
            return _next++ < owner.FrameCount;
        }
    }
}
