using System.Text;
using Faxbot.Sip.Sdp;

namespace Faxbot.Sip.Tests.Sdp;

public sealed class SdpDescriptionTests
{
    [Fact]
    public void Reads_every_kind_of_line()
    {
        var sdp = SdpCorpus.Read("audio-everything");

        Assert.Equal(new SdpOrigin("desk phone", "2890844526", "2890842807", "IN", "IP6", "2001:db8::1"), sdp.Origin);
        Assert.Equal("", sdp.SessionName);
        Assert.Equal(["CT:128", "AS:64"], sdp.Bandwidths);
        Assert.Equal(["t=2873397496 2873404696", "r=7d 1h 0 25h", "z=2882844526 -1h 2898848070 0"], sdp.Times.Select(line => line.ToString()));
        Assert.Equal("iuepk", string.Concat(sdp.OtherLines.Select(line => line.Type)));
        Assert.Equal([new("recvonly"), new("x")], sdp.Attributes);
        Assert.Equal(["audio", "video", "application"], sdp.Media.Select(media => media.Kind));

        var audio = sdp.Media[0];
        Assert.Equal((49170, 2, "RTP/AVP"), (audio.Port, audio.PortCount, audio.Protocol));
        Assert.Equal("2001:db8::2", sdp.ConnectionOf(audio)!.Address);
        Assert.Equal("2001:db8::1", sdp.ConnectionOf(sdp.Media[1])!.Address);
        Assert.Equal(SdpDirection.SendOnly, sdp.DirectionOf(audio));
        Assert.Equal(SdpDirection.ReceiveOnly, sdp.DirectionOf(sdp.Media[1]));
        Assert.Equal(TimeSpan.FromMilliseconds(30), audio.PacketTime);
        Assert.Equal(
            [new SdpCodec(97, "L16", 44_100) { Channels = 2, FormatParameters = "emphasis=50-15" }, SdpCodec.Pcmu, SdpCodec.Pcma, new SdpCodec(13, "CN", 8000)],
            audio.Codecs);
    }

    [Fact]
    public void Writes_a_canonical_description_as_it_was()
    {
        foreach (var octets in SdpCorpus.LabBodies().Append(SdpCorpus.Octets("gateway-ones")).Append(SdpCorpus.Octets("trunk-audio-and-image")))
        {
            Assert.Equal(Encoding.UTF8.GetString(octets), SdpCorpus.Parse(Encoding.UTF8.GetString(octets)).ToString());
        }
    }

    [Fact]
    public void Reads_each_sample_and_writes_it_to_the_same_again() =>
        Assert.All(SdpCorpus.Names(), name => SdpCorpus.AssertWritesWhatItReads(SdpCorpus.Read(name)));

    [Theory]
    [InlineData("", SdpParseError.BadVersion)]
    [InlineData("\r\n", SdpParseError.BadVersion)]
    [InlineData("o=- 1 1 IN IP4 h", SdpParseError.BadVersion)]
    [InlineData("v=1\no=- 1 1 IN IP4 h", SdpParseError.BadVersion)]
    [InlineData("v=0", SdpParseError.BadOrigin)]
    [InlineData("v=0\no=- 1 IN IP4 h", SdpParseError.BadOrigin)]
    [InlineData("v=0\nm=audio 1 RTP/AVP 0\no=- 1 1 IN IP4 h", SdpParseError.BadOrigin)]
    [InlineData("v=0\no=- 1 1 IN IP4 h\nm =audio 1 RTP/AVP 0", SdpParseError.BadLine)]
    [InlineData("v=0\no=- 1 1 IN IP4 h\nx", SdpParseError.BadLine)]
    [InlineData("v=0\no=- 1 1 IN IP4 h\n=x", SdpParseError.BadLine)]
    [InlineData("v=0\no=- 1 1 IN IP4 h\na=\0", SdpParseError.BadLine)]
    [InlineData("v=0\no=- 1 1 IN IP4 h\na=x\ry", SdpParseError.BadLine)]
    [InlineData("v=0\no=- 1 1 IN IP4 h\nc=IN h", SdpParseError.BadConnection)]
    [InlineData("v=0\no=- 1 1 IN IP4 h\nm=audio 1", SdpParseError.BadMedia)]
    [InlineData("v=0\no=- 1 1 IN IP4 h\nm=audio 65536 RTP/AVP 0", SdpParseError.BadMedia)]
    [InlineData("v=0\no=- 1 1 IN IP4 h\nm=audio -1 RTP/AVP 0", SdpParseError.BadMedia)]
    [InlineData("v=0\no=- 1 1 IN IP4 h\nm=audio 1/0 RTP/AVP 0", SdpParseError.BadMedia)]
    public void Refuses_what_is_no_description(string text, SdpParseError expected)
    {
        Assert.Equal(expected, SdpDescription.TryParse(Encoding.UTF8.GetBytes(text), SdpLimits.Default, out var description));
        Assert.Null(description);
    }

    [Fact]
    public void Each_limit_holds()
    {
        var octets = SdpCorpus.Octets("audio-everything");
        Assert.Equal(SdpParseError.None, Error(new SdpLimits { MaxLength = octets.Length, MaxMedia = 3, MaxLines = 27 }));
        Assert.Equal(SdpParseError.TooLong, Error(new SdpLimits { MaxLength = octets.Length - 1 }));
        Assert.Equal(SdpParseError.TooManyMedia, Error(new SdpLimits { MaxMedia = 2 }));
        Assert.Equal(SdpParseError.TooManyLines, Error(new SdpLimits { MaxLines = 26 }));

        SdpParseError Error(SdpLimits limits) => SdpDescription.TryParse(octets, limits, out _);
    }

    [Fact]
    public void The_version_tells_a_changed_description_from_a_repeated_one()
    {
        var first = SdpOrigin.Create(7, 41, "192.0.2.9");
        var next = first.WithNextVersion();

        Assert.Equal("- 7 42 IN IP4 192.0.2.9", next.ToString());
        Assert.True(next.IsSameSessionAs(first));
        Assert.False(next.IsSameVersionAs(first));
        Assert.True(first.IsSameVersionAs(SdpOrigin.Create(7, 41, "192.0.2.9")));
        Assert.False(first.IsSameSessionAs(SdpOrigin.Create(8, 41, "192.0.2.9")));
        Assert.Throws<InvalidOperationException>(() => (first with { SessionVersion = "x" }).WithNextVersion());
    }

    [Fact]
    public void No_value_can_break_a_line() =>
        Assert.Throws<InvalidOperationException>(() => new SdpDescription(SdpOrigin.Create(1, 1, "h"), []) { SessionName = "a\r\nm=audio" }.ToArray());
}
