namespace Faxbot.Server.Jobs;

/// <summary>Waiting for an instant of the gateway's clock.</summary>
internal static class TimeProviderExtensions
{
    /// <summary>Ends when the instant is there, at once when it is over; after the longest wait at the latest, also where the clock was set back.</summary>
    /// <exception cref="OperationCanceledException">The wait was given up.</exception>
    public static Task DelayUntil(this TimeProvider time, DateTimeOffset instant, TimeSpan longest, CancellationToken cancel)
    {
        var left = instant - time.GetUtcNow();
        if (left <= TimeSpan.Zero) return Task.CompletedTask;
        var delay = Task.Delay(left < longest ? left : longest, time, cancel);
        // A clock that moved on before the timer ran would be waited for twice.
        return time.GetUtcNow() < instant ? delay : Task.CompletedTask;
    }
}
