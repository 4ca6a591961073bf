namespace Faxbot.Fax.T30;

/// <summary>Control frames on V.21.</summary>
internal sealed class ControlSignal(IReadOnlyList<byte[]> frames) : FrameSignal(Modulation.V21, shortTraining: false)
{
    private int _next;

    public override bool TryReadFrame(out ReadOnlySpan<byte> frame)
    {
        frame = _next < frames.Count ? frames[_next] : default;
        return _next++ < frames.Count;
    }
}
