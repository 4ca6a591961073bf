using System.Text;
using Faxbot.Server.Plugins.Processes;
using Microsoft.Extensions.Time.Testing;

namespace Faxbot.Server.Tests.Plugins.Processes;

public sealed class FrameGuardTests
{
    private const string NoMessage = "wrote something to its standard output that is no message";
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Framed_messages_pass_however_they_are_cut()
    {
        var text = Encoding.ASCII.GetBytes("Content-Length: 2\r\n\r\n{}Content-Type: x\r\nContent-Length: 3\r\n\r\n[1]Content-Length: 0\r\n\r\n");
        for (var cut = 0; cut <= text.Length; cut++)
        {
            var guard = new FrameGuard(100, 100, _time);
            Assert.Null(guard.Look(text.AsSpan(0, cut)));
            Assert.Null(guard.Look(text.AsSpan(cut)));
        }
    }

    [Theory]
    [InlineData("hello\n", NoMessage)]
    [InlineData("hello\r\n", NoMessage)]
    [InlineData("\u0001", NoMessage)]
    [InlineData("Content-Length: 2\n\n{}", NoMessage)]
    [InlineData("Content-Type: x\r\n\r\n", "sent a message without a length")]
    [InlineData("Content-Length: -1\r\n\r\n", "sent a message without a length")]
    [InlineData("Content-Length: 99999999999999999999\r\n\r\n", "sent a message without a length")]
    [InlineData("Content-Length: 101\r\n\r\n", "sent a message of 101 octets, of 100 allowed")]
    [InlineData("Content-Length: 2\r\n\r\n{}and then\n", NoMessage)]
    public void What_is_no_message_or_too_large_is_named(string text, string wrong) =>
        Assert.Equal(wrong, new FrameGuard(100, 100, _time).Look(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void A_header_without_end_is_not_kept() => Assert.Equal(NoMessage, new FrameGuard(100, 100, _time).Look(Encoding.ASCII.GetBytes(new string('a', 600))));

    [Fact]
    public void More_messages_than_the_allowance_are_refused_until_time_has_passed()
    {
        var guard = new FrameGuard(100, 1, _time);
        var message = Encoding.ASCII.GetBytes("Content-Length: 0\r\n\r\n");

        Assert.All(Enumerable.Range(0, 10), _ => Assert.Null(guard.Look(message)));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(guard.Look(message));
        Assert.Equal("sent more messages than it may", guard.Look(message));
    }

    [Fact]
    public void Answers_to_what_was_asked_take_nothing_of_the_allowance()
    {
        var guard = new FrameGuard(100, 1, _time);
        var message = Encoding.ASCII.GetBytes("Content-Length: 0\r\n\r\n");
        foreach (var _ in Enumerable.Range(0, 50)) guard.Expect();

        Assert.All(Enumerable.Range(0, 60), _ => Assert.Null(guard.Look(message)));
        Assert.Equal("sent more messages than it may", guard.Look(message));
    }
}
