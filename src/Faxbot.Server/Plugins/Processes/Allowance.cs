namespace Faxbot.Server.Plugins.Processes;

/// <summary>So many a second, and ten times as many at once after a quiet time. Not thread-safe.</summary>
internal sealed class Allowance(int perSecond, TimeProvider time)
{
    private const int BurstSeconds = 10;
    private double _left = perSecond * BurstSeconds;
    private long _at = time.GetTimestamp();

    public bool Take()
    {
        var now = time.GetTimestamp();
        _left = Math.Min(perSecond * BurstSeconds, _left + time.GetElapsedTime(_at, now).TotalSeconds * perSecond);
        _at = now;
        if (_left < 1) return false;
        _left--;
        return true;
    }
}
