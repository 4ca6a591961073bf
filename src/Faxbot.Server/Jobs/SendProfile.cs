namespace Faxbot.Server.Jobs;

/// <summary>Rate and error correction of an attempt.</summary>
/// <param name="MaxBitRate">The highest rate, bits per second.</param>
/// <param name="Ecm">Whether error correction may be used.</param>
internal sealed record SendProfile(int MaxBitRate, bool Ecm)
{
    // V.17 and V.29 above, V.27 ter below: the lower modulations stand more noise, and the last resort is without error correction.
    private static readonly int[] Rates = [14_400, 9600, 4800, 2400];
    private const int SlowWithEcm = 4800;

    public static SendProfile Of(FaxJob job) => new(job.Plan.MaxBitRate ?? job.Options.MaxBitRate, job.Plan.Ecm ?? job.Options.Ecm);

    /// <summary>The next lower one, below the rate that was really used; itself when there is none.</summary>
    public SendProfile Lower(int? usedBitRate)
    {
        var rate = Math.Min(MaxBitRate, usedBitRate ?? MaxBitRate);
        if (rate <= SlowWithEcm && Ecm) return new SendProfile(rate, false);
        var lower = Array.Find(Rates, known => known < rate);
        return lower == 0 ? this with { MaxBitRate = rate } : this with { MaxBitRate = lower };
    }
}
