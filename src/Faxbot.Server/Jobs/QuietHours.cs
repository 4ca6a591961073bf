using Faxbot.Sdk.Numbers;

namespace Faxbot.Server.Jobs;

/// <summary>The hours in which the operator lets no call be placed, so that no telephone rings at night.</summary>
internal sealed record QuietHours
{
    /// <summary>Faxes of this priority and above are sent all the same.</summary>
    public const int EmergencyPriority = 9;

    /// <summary>The clock that is meant.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>The first quiet minute of the day; equal to <see cref="Until"/>, no hour is quiet.</summary>
    public TimeOnly From { get; init; }

    /// <summary>The first minute that is not quiet any more; before <see cref="From"/>, it is one of the next day.</summary>
    public TimeOnly Until { get; init; }

    /// <summary>How the numbers begin that are let sleep; empty means all.</summary>
    public IReadOnlyList<string> Prefixes { get; init; } = [];

    /// <summary>When the hour ends that keeps this call back; null when none does.</summary>
    public DateTimeOffset? EndFor(PhoneNumber to, int priority, DateTimeOffset now)
    {
        if (From == Until || priority >= EmergencyPriority) return null;
        if (Prefixes.Count > 0 && !Prefixes.Any(prefix => to.Value.StartsWith(prefix, StringComparison.Ordinal))) return null;
        var local = TimeZoneInfo.ConvertTime(now, TimeZone);
        var time = TimeOnly.FromDateTime(local.DateTime);
        if (!time.IsBetween(From, Until)) return null;
        var end = local.Date + Until.ToTimeSpan();
        if (end <= local.DateTime) end = end.AddDays(1);
        // An hour that the clock leaps over in spring ends when it has leapt.
        while (TimeZone.IsInvalidTime(end)) end = end.AddMinutes(15);
        return new DateTimeOffset(end, TimeZone.GetUtcOffset(end)).ToUniversalTime();
    }
}
