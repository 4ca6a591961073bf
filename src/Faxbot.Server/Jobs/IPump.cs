namespace Faxbot.Server.Jobs;

/// <summary>What works round by round through something that waits in the database. One caller at a time, but for <see cref="Abort"/>.</summary>
internal interface IPump
{
    /// <summary>What is worked through, as the log calls it.</summary>
    string Queue { get; }

    /// <summary>Ends when something may have become due. Taken before a round, it misses nothing.</summary>
    Task Changed { get; }

    /// <summary>From the beginning of a round to the next at least: what happens often meanwhile is seen by one. A gateway at rest begins at once.</summary>
    TimeSpan BetweenRounds { get; }

    /// <summary>How long what is under way may go on when the gateway is stopped.</summary>
    TimeSpan Drain { get; }

    /// <summary>Does what is to be done now.</summary>
    /// <param name="begins">Whether anything new is begun; false while the gateway stops.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>When there is something to be done next, unless something happens before.</returns>
    Task<DateTimeOffset> RoundAsync(bool begins, CancellationToken cancel);

    /// <summary>Whether something is under way that is waited for when the gateway stops.</summary>
    Task<bool> IsBusyAsync(CancellationToken cancel);

    /// <summary>Breaks off what has begun and not left yet, so that it can go back without loss.</summary>
    void GiveUp()
    {
    }

    /// <summary>Breaks off all of it: another life must find out what became of it.</summary>
    void Abort();

    /// <summary>Ends when all that the rounds began has come to rest.</summary>
    Task SettleAsync();
}
