namespace Faxbot.Fax.T30;

/// <summary>TCF: zeros for 1.5 s (T.30 5.3.6.1.3).</summary>
internal sealed class TrainingCheckSignal(Modulation modulation) : StreamSignal(modulation, shortTraining: false)
{
    /// <summary>1.5 s.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(1.5);

    private int _left = OctetsAt(modulation);

    public override bool IsTrainingCheck => true;

    public static int OctetsAt(Modulation modulation) => (int)(modulation.BitRate() / 8 * Duration.TotalSeconds);

    public override int Read(Span<byte> destination)
    {
        var count = Math.Min(_left, destination.Length);
        destination[..count].Clear();
        _left -= count;
        return count;
    }
}
