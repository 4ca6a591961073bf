using System.Text;
using Faxbot.Sip.Messages;

namespace Faxbot.Sip.Tests.Messages;

public sealed class SipStreamFramerTests
{
    private static readonly byte[] Stream =
    [
        .. "\r\n\r\n"u8, .. SipCorpus.Torture("wsinv"), .. SipCorpus.Torture("mpart01"), .. "\r\n"u8, .. SipCorpus.Torture("noreason"),
        .. "\n"u8, .. Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(SipCorpus.Torture("lwsdisp")).ReplaceLineEndings("\n")), .. SipCorpus.Torture("longreq"),
    ];

    private static readonly List<string> Whole = Frames([Stream]);

    [Fact]
    public void Finds_messages_and_keep_alives_in_one_piece() =>
        Assert.Equal(["", "", "INVITE 125", "MESSAGE 357", "", "100", "", "OPTIONS 0", "INVITE 125"], Whole.Select(Describe));

    [Fact]
    public void Finds_the_same_at_every_split()
    {
        for (var at = 1; at < Stream.Length; at++)
        {
            Assert.Equal(Whole, Frames([Stream[..at], Stream[at..]]));
        }
    }

    [Fact]
    public void Finds_the_same_octet_by_octet() => Assert.Equal(Whole, Frames(Stream.Select(octet => (byte[])[octet])));

    [Fact]
    public void Asks_for_more_until_the_body_is_there()
    {
        var framer = new SipStreamFramer(SipLimits.Default);
        var message = SipCorpus.Torture("wsinv");
        framer.Append(message.AsSpan(0, message.Length - 1));
        Assert.Equal(SipFrameStatus.NeedMoreData, framer.TryRead(out _));
        framer.Append(message.AsSpan(message.Length - 1));
        Assert.Equal(SipFrameStatus.Message, framer.TryRead(out var frame));
        Assert.Equal(message, frame.ToArray());
        Assert.Equal(SipFrameStatus.NeedMoreData, framer.TryRead(out _));
    }

    [Fact]
    public void A_message_without_length_has_no_body_on_a_stream()
    {
        var framer = new SipStreamFramer(SipLimits.Default);
        framer.Append("BYE sip:a SIP/2.0\r\nX: y\r\n\r\nBYE"u8);

        Assert.Equal(SipFrameStatus.Message, framer.TryRead(out var frame));
        Assert.EndsWith("y\r\n\r\n", Encoding.UTF8.GetString(frame), StringComparison.Ordinal);
        Assert.Equal(SipFrameStatus.NeedMoreData, framer.TryRead(out _));
    }

    [Theory]
    [InlineData("ncl", SipParseError.BadContentLength)]
    [InlineData("mcl01", SipParseError.BadContentLength)]
    public void A_stream_whose_boundaries_are_lost_is_broken_for_good(string name, SipParseError error)
    {
        var framer = new SipStreamFramer(SipLimits.Default);
        framer.Append(SipCorpus.Torture(name));

        Assert.Equal(SipFrameStatus.Broken, framer.TryRead(out _));
        framer.Append(SipCorpus.Torture("wsinv"));
        Assert.Equal(SipFrameStatus.Broken, framer.TryRead(out _));
        Assert.Equal(error, framer.Error);
    }

    [Theory]
    [InlineData("Content-Length: 2000000000\r\n\r\n")]
    [InlineData("l: 1001\r\n\r\n")]
    [InlineData("X: ")]
    public void A_message_beyond_the_limit_breaks_the_stream_before_it_is_held(string end)
    {
        var framer = new SipStreamFramer(new SipLimits { MaxMessageLength = 1000 });
        framer.Append(Encoding.ASCII.GetBytes("BYE sip:a SIP/2.0\r\n" + end));
        framer.Append(new byte[end.StartsWith('X') ? 1000 : 0]);

        Assert.Equal(SipFrameStatus.Broken, framer.TryRead(out _));
        Assert.Equal(SipParseError.MessageTooLarge, framer.Error);
    }

    [Fact]
    public void Folded_and_compact_lengths_count()
    {
        var framer = new SipStreamFramer(SipLimits.Default);
        framer.Append("BYE sip:a SIP/2.0\r\nL :\r\n  3\r\n\r\nabcBYE sip:a SIP/2.0\r\ncontent-LENGTH\t:1\r\n\r\nx"u8);

        Assert.Equal(SipFrameStatus.Message, framer.TryRead(out var first));
        Assert.EndsWith("abc", Encoding.ASCII.GetString(first), StringComparison.Ordinal);
        Assert.Equal(SipFrameStatus.Message, framer.TryRead(out var second));
        Assert.EndsWith("x", Encoding.ASCII.GetString(second), StringComparison.Ordinal);
    }

    private static List<string> Frames(IEnumerable<byte[]> pieces)
    {
        var framer = new SipStreamFramer(SipLimits.Default);
        var found = new List<string>();
        foreach (var piece in pieces)
        {
            framer.Append(piece);
            while (framer.TryRead(out var frame) is var status and not SipFrameStatus.NeedMoreData)
            {
                Assert.NotEqual(SipFrameStatus.Broken, status);
                found.Add(Encoding.Latin1.GetString(frame));
            }
        }

        return found;
    }

    // A keep-alive has no octets.
    private static string Describe(string frame)
    {
        var error = SipMessage.TryParse(Encoding.Latin1.GetBytes(frame), SipLimits.Default, out var message);
        return error == SipParseError.Empty ? "" : message switch
        {
            SipRequest request => $"{request.Method} {request.Body.Length}",
            SipResponse response => response.Status.ToString(System.Globalization.CultureInfo.InvariantCulture),
            _ => error.ToString(),
        };
    }
}
