namespace Faxbot.Server.Configuration;

/// <summary>When a fax that did not arrive is tried again.</summary>
internal sealed record RetryOptions
{
    [Setting("How long after a busy signal.")]
    public TimeSpan Busy { get; init; } = TimeSpan.FromMinutes(3);

    [Setting("How long after nobody answered.")]
    public TimeSpan NoAnswer { get; init; } = TimeSpan.FromMinutes(5);

    [Setting("How long after the line was too bad, with the next lower speed.")]
    public TimeSpan Quality { get; init; } = TimeSpan.FromMinutes(1);

    [Setting("The most calls for one fax, whatever the reasons.", Min = 1, Max = 100)]
    public int MaxCallsPerFax { get; init; } = 10;

    [Setting("The most calls to one number within an hour, for all faxes together.", Min = 1, Max = 1000)]
    public int MaxCallsPerNumberAndHour { get; init; } = 20;

    [Setting("Whether an attempt after a partial one begins at the first page that was not confirmed.")]
    public bool ResumePartial { get; init; } = true;
}
