using Faxbot.Sip.Messages;
using Faxbot.Sip.Transactions;

namespace Faxbot.Sip.Calls;

/// <summary>
/// The session timer of RFC 4028, which an INVITE of ours may ask for, and which we keep to when the peer or a proxy does: the refresher repeats its
/// session at half time, the other end hangs up when that does not happen.
/// </summary>
internal sealed class SessionTimer
{
    /// <summary>RFC 4028 5: no interval below is honoured.</summary>
    public static readonly TimeSpan Minimum = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(32);

    // Longer than any call, and small enough for sums.
    private static readonly TimeSpan Maximum = TimeSpan.FromDays(7);

    private readonly TimerHeap _heap;
    private readonly SipTimer _refresh;
    private readonly SipTimer _expiry;
    private TimeSpan? _interval;
    private bool _weRefresh;

    /// <param name="heap">Where the timers run.</param>
    /// <param name="refresh">It is our turn to refresh.</param>
    /// <param name="expired">The session was not refreshed.</param>
    public SessionTimer(TimerHeap heap, Action<TimeSpan> refresh, Action<TimeSpan> expired)
    {
        _heap = heap;
        _refresh = new SipTimer(refresh);
        _expiry = new SipTimer(expired);
    }

    /// <summary>The INVITE asks for an interval that is too short, and knows what 422 means (RFC 4028 9).</summary>
    public static bool IsTooShort(SipRequest request) =>
        request.Headers.SessionExpires is { } expires && expires.Interval < Minimum && SupportsTimer(request);

    /// <summary>Agrees to what an INVITE or UPDATE of the peer's asks, and says so in the 2xx (RFC 4028 9).</summary>
    public void Answer(SipRequest request, SipResponse response, TimeSpan now)
    {
        if (request.Headers.SessionExpires is not { } asked)
        {
            Stop();
            return;
        }

        // Table 2: a caller without "timer" cannot be the refresher; one that names nobody may as well do it itself.
        var supported = SupportsTimer(request);
        _weRefresh = !supported || asked.Refresher == "uas";
        _interval = Clamp(asked.Interval);
        response.Headers.SessionExpires = new SipSessionExpires(_interval.Value, _weRefresh ? "uas" : "uac");
        if (supported)
        {
            response.Headers.Require = ["timer"];
        }

        Restart(now);
    }

    /// <summary>The interval that our first INVITE asked for, or null.</summary>
    public TimeSpan? Asked { get; set; }

    /// <summary>Takes what the 2xx to a request of ours says (RFC 4028 7.2).</summary>
    /// <param name="response">The 2xx.</param>
    /// <param name="now">The time.</param>
    public void Learn(SipResponse response, TimeSpan now)
    {
        if (response.Headers.SessionExpires is not { } agreed)
        {
            Stop();
            if (Asked is not { } interval) return;
            // 7.2: the peer knows nothing of session timers; the refreshes are ours alone then.
            (_interval, _weRefresh) = (Clamp(interval), true);
            Restart(now);
            return;
        }

        _weRefresh = agreed.Refresher != "uas";
        _interval = Clamp(agreed.Interval);
        Restart(now);
    }

    /// <summary>Takes a longer interval on 422 (RFC 4028 7.4); false when there is none to take.</summary>
    public bool TryRaise(SipResponse response)
    {
        if (_interval is not { } current || Raised(response, current) is not { } raised)
        {
            return false;
        }

        _interval = raised;
        return true;
    }

    /// <summary>Asks for an interval in the first INVITE of a call, and leaves open who refreshes (RFC 4028 7.1).</summary>
    public static void Ask(SipRequest invite, TimeSpan interval)
    {
        invite.Headers.SessionExpires = new SipSessionExpires(Clamp(interval));
        invite.Headers.MinSE = Minimum;
    }

    /// <summary>The interval to ask for after a 422 (RFC 4028 7.4); null when there is none that is longer than what was asked for.</summary>
    public static TimeSpan? Raised(SipResponse response, TimeSpan asked) =>
        response.Status == 422 && response.Headers.MinSE is { } minimum && minimum > asked ? Clamp(minimum) : null;

    /// <summary>Keeps the timer going in a request of ours; the roles count for that request (RFC 4028 7.4).</summary>
    public void Write(SipRequest request)
    {
        if (_interval is { } interval)
        {
            request.Headers.SessionExpires = new SipSessionExpires(interval, _weRefresh ? "uac" : "uas");
            request.Headers.MinSE = Minimum;
        }
    }

    /// <summary>A refresh came to nothing for now: try again before the session expires.</summary>
    public void RetryRefresh(TimeSpan now) => _heap.Start(_refresh, now + (Margin / 2));

    public void Stop()
    {
        _interval = null;
        _heap.Stop(_refresh);
        _heap.Stop(_expiry);
    }

    private static bool SupportsTimer(SipRequest request) => request.Headers.Supported?.Contains("timer", StringComparer.OrdinalIgnoreCase) == true;

    private static TimeSpan Clamp(TimeSpan interval) => interval < Minimum ? Minimum : interval > Maximum ? Maximum : interval;

    private void Restart(TimeSpan now)
    {
        var interval = _interval!.Value;
        _heap.Stop(_refresh);
        if (_weRefresh)
        {
            _heap.Start(_refresh, now + (interval / 2));
        }

        // RFC 4028 10: the end that waits hangs up a little before the expiry, so that both sides know in time.
        var margin = interval / 3 < Margin ? interval / 3 : Margin;
        _heap.Start(_expiry, now + (_weRefresh ? interval : interval - margin));
    }
}
