using System.Globalization;
using Faxbot.Sdk.Numbers;
using Faxbot.Server.Lines.Media;
using Microsoft.Extensions.Time.Testing;

namespace Faxbot.Server.Tests.Lines.Media;

public sealed class KnownCallersTests
{
    private static readonly MediaKnowledge Known = new() { BitRate = 9600 };
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-11-01T00:00:00Z", CultureInfo.InvariantCulture));

    [Fact]
    public void What_has_expired_is_not_known()
    {
        var callers = new KnownCallers(_time);
        var number = new PhoneNumber("+12065550100");
        callers.Keep(number, "a", Known, _time.GetUtcNow() + TimeSpan.FromDays(1));
        Assert.Equal(Known, callers.Find(number, "a"));

        _time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(new MediaKnowledge(), callers.Find(number, "a"));
    }

    [Fact]
    public void Those_who_called_last_are_kept_when_there_are_too_many()
    {
        var callers = new KnownCallers(_time);
        for (var call = 0; call <= KnownCallers.Most; call++) callers.Keep(Number(call), "a", Known, _time.GetUtcNow() + TimeSpan.FromSeconds(1 + call));

        Assert.Equal(new MediaKnowledge(), callers.Find(Number(0), "a"));
        Assert.Equal(Known, callers.Find(Number(KnownCallers.Most - 1), "a"));
        Assert.Equal(Known, callers.Find(Number(KnownCallers.Most), "a"));
    }

    private static PhoneNumber Number(int call) => new(string.Create(CultureInfo.InvariantCulture, $"+1206{call:0000000}"));
}
