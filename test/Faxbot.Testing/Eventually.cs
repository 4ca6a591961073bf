namespace Faxbot.Testing;

/// <summary>Waits for what nothing tells, by looking again and again. Whatever tells its changes is awaited instead.</summary>
public static class Eventually
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(10);

    // Half as often as a gateway lets a key ask.
    private static readonly TimeSpan BetweenQuestions = TimeSpan.FromMilliseconds(200);

    /// <summary>Waits until something holds.</summary>
    /// <param name="test">Looks.</param>
    /// <param name="limit">How long at most.</param>
    /// <param name="otherwise">What is said when it does not hold in time.</param>
    /// <exception cref="TimeoutException">It does not.</exception>
    public static Task HoldsAsync(Func<bool> test, TimeSpan limit, Func<string>? otherwise = null) =>
        SeesAsync(() => Task.FromResult(test()), holds => holds, Moment, limit, otherwise);

    /// <summary>Waits until what another program says is as it should be.</summary>
    /// <param name="look">Asks it.</param>
    /// <param name="test">Whether that is it.</param>
    /// <param name="limit">How long at most; a look that has begun is waited for.</param>
    /// <param name="otherwise">What is said when it is not seen in time; what was seen last when left out.</param>
    /// <returns>What was seen.</returns>
    /// <exception cref="TimeoutException">It is not seen.</exception>
    public static Task<T> SeesAsync<T>(Func<Task<T>> look, Func<T, bool> test, TimeSpan limit, Func<string>? otherwise = null) => SeesAsync(look, test, BetweenQuestions, limit, otherwise);

    private static async Task<T> SeesAsync<T>(Func<Task<T>> look, Func<T, bool> test, TimeSpan interval, TimeSpan limit, Func<string>? otherwise)
    {
        var start = TimeProvider.System.GetTimestamp();
        using var pause = new PeriodicTimer(interval);
        while (true)
        {
            var seen = await look();
            if (test(seen)) return seen;
            if (TimeProvider.System.GetElapsedTime(start) > limit) throw new TimeoutException(otherwise?.Invoke() ?? $"It did not come within {limit}; seen last: {seen}");
            await pause.WaitForNextTickAsync();
        }
    }
}
