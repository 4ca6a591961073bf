namespace Faxbot.Server.Plugins;

/// <summary>The breakdowns of one wish: how long to pause after each, and when to give up. Not thread-safe.</summary>
internal sealed class CrashCount(PluginTimes times, int most, TimeProvider time)
{
    private readonly Queue<DateTimeOffset> _at = [];
    private PluginWish? _wish;

    /// <summary>Those within the window.</summary>
    public int Count => _at.Count;

    /// <summary>Counts one more; another wish begins anew.</summary>
    /// <returns>The pause before the next start; null when there is to be none.</returns>
    public TimeSpan? Add(PluginWish wish)
    {
        if (_wish != wish) _at.Clear();
        _wish = wish;
        var now = time.GetUtcNow();
        while (_at.TryPeek(out var oldest) && now - oldest > times.FuseWindow) _at.Dequeue();
        _at.Enqueue(now);
        if (_at.Count >= most) return null;
        var pause = times.FirstPause * Math.Pow(2, _at.Count - 1);
        return pause < times.LongestPause ? pause : times.LongestPause;
    }
}
