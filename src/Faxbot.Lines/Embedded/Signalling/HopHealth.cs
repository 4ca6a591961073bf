using Faxbot.Sip.Transports;

namespace Faxbot.Lines.Embedded.Signalling;

/// <summary>Which hops failed lately, so that others are tried before them (RFC 3263 4.3), and which answered. Thread-safe.</summary>
internal sealed class HopHealth(TimeProvider time)
{
    private const int MostRemembered = 1_000;
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);
    private readonly Lock _gate = new();
    private readonly Dictionary<SipHop, DateTimeOffset> _until = [];
    private readonly Dictionary<SipHop, long> _answered = [];

    /// <summary>The hop failed; it asked to be left alone for so long, or said nothing of that.</summary>
    public void Fail(SipHop hop, TimeSpan? retryAfter)
    {
        var pause = retryAfter ?? Usual;
        lock (_gate)
        {
            if (_until.Count >= MostRemembered) _until.Clear();
            _answered.Remove(hop);
            _until[hop] = time.GetUtcNow() + (pause < Longest ? pause : Longest);
        }
    }

    /// <summary>The hop answered.</summary>
    public void Recover(SipHop hop)
    {
        lock (_gate)
        {
            _until.Remove(hop);
            if (_answered.Count >= MostRemembered) _answered.Clear();
            _answered[hop] = time.GetTimestamp();
        }
    }

    /// <summary>Whether it answered within that time, and has not failed since.</summary>
    public bool HasAnsweredWithin(SipHop hop, TimeSpan age)
    {
        lock (_gate) return _answered.TryGetValue(hop, out var at) && time.GetElapsedTime(at) <= age;
    }

    /// <summary>Until when others are to be tried before it; null when it is as good as any.</summary>
    public DateTimeOffset? ShunnedUntil(SipHop hop)
    {
        lock (_gate) return _until.TryGetValue(hop, out var until) && until > time.GetUtcNow() ? until : null;
    }
}
