namespace Faxbot.Server.Jobs;

/// <summary>How often and how far apart a fax is called again, cause by cause, and the fuses above that. <c>docs/jobs.md</c> has the table.</summary>
internal sealed record RetryPolicy
{
    /// <summary>After a busy signal.</summary>
    public TimeSpan BusyPause { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Calls that may end busy before the fax fails.</summary>
    public int BusyCalls { get; init; } = 6;

    /// <summary>After a call that nobody answered.</summary>
    public TimeSpan NoAnswerPause { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Calls that nobody may answer before the fax fails.</summary>
    public int NoAnswerCalls { get; init; } = 4;

    /// <summary>After signal trouble; the next call uses the next lower profile.</summary>
    public TimeSpan QualityPause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Calls that may end in signal trouble before the fax fails.</summary>
    public int QualityCalls { get; init; } = 4;

    /// <summary>Before the call that goes on after a part of the pages.</summary>
    public TimeSpan PartialPause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Calls that may end after a part of the pages before the fax fails.</summary>
    public int PartialCalls { get; init; } = 5;

    /// <summary>Whether a fax goes on at the first page that was not confirmed, where its owner says nothing.</summary>
    public bool Resume { get; init; } = true;

    /// <summary>Before the call with pages that were drawn again: the receiver hangs up meanwhile.</summary>
    public TimeSpan CapabilityPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>After the receiver refused.</summary>
    public TimeSpan RefusedPause { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Calls that the receiver may refuse before a person must see to it.</summary>
    public int RefusedCalls { get; init; } = 3;

    /// <summary>After something answered that is no fax machine.</summary>
    public TimeSpan NotFaxPause { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Calls to a number at which no fax machine ever answered, over all faxes to it, while <see cref="NumberMemory"/> lasts.</summary>
    public int NotFaxCalls { get; init; } = 2;

    /// <summary>Such calls of one fax to a number at which a fax machine did answer before.</summary>
    public int NotFaxCallsOnceReached { get; init; } = 3;

    /// <summary>How long a dead number, or one at which no fax machine answers, is not called by further faxes.</summary>
    public TimeSpan NumberMemory { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long it is remembered that a number takes no T.38.</summary>
    public TimeSpan NoT38Memory { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Whether any route of this gateway can carry a fax as audio.</summary>
    public bool Audio { get; init; }

    /// <summary>How long a congested trunk is left alone; doubled for a fax each time that all its routes had been tried.</summary>
    public TimeSpan CongestionPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often all routes may be tried before the fax fails.</summary>
    public int CongestionRounds { get; init; } = 5;

    /// <summary>After our own side failed; doubled each time, up to <see cref="LocalPauseLimit"/>.</summary>
    public TimeSpan LocalPause { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan LocalPauseLimit { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Attempts in which our own side may fail before the fax does; they do not use up the number's calls.</summary>
    public int LocalTries { get; init; } = 20;

    /// <summary>Calls for one fax, whatever their causes.</summary>
    public int MostCalls { get; init; } = 10;

    /// <summary>Calls to one number within an hour, over all faxes to it.</summary>
    public int MostCallsToNumberAnHour { get; init; } = 20;
}
