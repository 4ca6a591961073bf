namespace Faxbot.Server.Configuration;

/// <summary>When no fax leaves, each day; none when from and until are not set.</summary>
internal sealed record QuietHoursOptions
{
    [Setting("When they begin, hh:mm; set together with `quiet_hours.until`.", Unset = "no quiet hours", Example = "22:00")]
    public TimeOnly? From { get; init; }

    [Setting("When they end, hh:mm; before `quiet_hours.from` it is of the next day.", Example = "06:00")]
    public TimeOnly? Until { get; init; }

    [Setting("How the numbers begin that they hold for, such as +49; others are called at any hour.", Unset = "all numbers", Example = "+49")]
    public IReadOnlyList<NumberPrefix> Prefixes { get; init; } = [];

    [Setting("The time zone of both, by its IANA name.")]
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;
}
