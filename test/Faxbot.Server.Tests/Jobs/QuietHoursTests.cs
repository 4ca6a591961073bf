using Faxbot.Sdk.Numbers;
using Faxbot.Server.Jobs;

namespace Faxbot.Server.Tests.Jobs;

public sealed class QuietHoursTests
{
    private static readonly QuietHours Night = new()
    {
        TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), From = new TimeOnly(22, 0), Until = new TimeOnly(7, 0),
    };

    [Theory]
    [InlineData("2026-03-02T20:59:00Z", null)]
    [InlineData("2026-03-02T21:00:00Z", "2026-03-03T06:00:00Z")]
    [InlineData("2026-03-03T05:59:00Z", "2026-03-03T06:00:00Z")]
    [InlineData("2026-03-03T06:00:00Z", null)]
    [InlineData("2026-03-28T23:00:00Z", "2026-03-29T05:00:00Z")]
    public void A_call_at_night_waits_for_the_morning_of_that_place(string now, string? end) =>
        Assert.Equal(end is null ? null : Instant(end), Night.EndFor(new PhoneNumber("+49"), 0, Instant(now)));

    [Fact]
    public void Emergencies_and_other_destinations_pass()
    {
        var now = Instant("2026-03-02T23:00:00Z");
        var german = Night with { Prefixes = ["+49"] };

        Assert.Null(Night.EndFor(new PhoneNumber("+49"), 9, now));
        Assert.Null(german.EndFor(new PhoneNumber("+1"), 0, now));
        Assert.NotNull(german.EndFor(new PhoneNumber("+4930"), 8, now));
    }

    [Fact]
    public void No_hour_is_quiet_unless_the_operator_says_so() =>
        Assert.Null(new QuietHours().EndFor(new PhoneNumber("+1"), 0, Instant("2026-03-02T00:00:00Z")));

    [Fact]
    public void An_end_that_the_clock_leaps_over_is_where_it_lands()
    {
        var quiet = Night with { Until = new TimeOnly(2, 30) };

        Assert.Equal(Instant("2026-03-29T01:00:00Z"), quiet.EndFor(new PhoneNumber("+49"), 0, Instant("2026-03-28T23:00:00Z")));
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
