using System.Text;
using CsCheck;
using Faxbot.Lines.Asterisk.Manager;

namespace Faxbot.Lines.Tests.Asterisk;

public sealed class AmiReaderTests
{
    // Each split of a stream reads all of it: of the long ones, pieces of any length are enough.
    private const int Short = 1_500;

    public static TheoryData<string> Transcripts => [.. AmiTranscript.Names];

    [Theory]
    [MemberData(nameof(Transcripts))]
    public void Reads_the_same_octet_by_octet(string name)
    {
        var transcript = AmiTranscript.Of(name);
        var whole = Describe(transcript.Read());

        Assert.NotEmpty(whole);
        foreach (var piece in (int[])[1, 2, 3, 7, 64, 1_460]) Assert.Equal(whole, Describe(transcript.Read(piece)));
    }

    [Theory]
    [MemberData(nameof(Transcripts))]
    public void Reads_the_same_at_every_split(string name)
    {
        var octets = AmiTranscript.Of(name).Octets;
        if (octets.Length > Short) octets = octets[..Short];
        var whole = Describe(AmiTranscript.Read([octets]));

        for (var at = 1; at < octets.Length; at++) Assert.Equal(whole, Describe(AmiTranscript.Read([octets[..at], octets[at..]])));
    }

    [Fact]
    public void Knows_responses_from_events()
    {
        var messages = Read("Asterisk Call Manager/5.0.1\r\nResponse: Success\r\nActionID: 1\r\n\r\nEvent: OriginateResponse\r\nResponse: Failure\r\nReason: 0\r\nCause: x\r\n\r\n");

        Assert.Equal([true, false], messages.Select(message => message.IsResponse));
        Assert.Equal(("1", "", 0, (int?)null), (messages[0].ActionId, messages[1].ActionId, messages[1].Number("reason"), messages[1].Number("Cause")));
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData("\r\n")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n")]
    public void What_is_no_manager_interface_is_not_read(string banner)
    {
        var reader = new AmiReader(new AmiLimits());
        reader.Append(Encoding.UTF8.GetBytes(banner + "Response: Success\r\n\r\n"));

        Assert.Equal(AmiReadStatus.Broken, reader.TryRead(out _));
    }

    [Theory]
    [InlineData("X: 3456789012345678901234567890123\r\n")]
    [InlineData("A: 1\r\nA: 1\r\nA: 1\r\nA: 1\r\n")]
    [InlineData("A: 1\r\n\r\nAAAAAAAAAA: 1\r\nAAAAAAAAAAA: 1\r\nAAAAAAAAAAA: 1\r\n", 1)]
    public void Limits_are_kept(string text, int messages = 0)
    {
        var reader = new AmiReader(new AmiLimits { Line = 30, Fields = 3, Message = 35 });
        reader.Append("Asterisk Call Manager/1\r\n"u8);
        reader.Append(Encoding.UTF8.GetBytes(text));

        for (var i = 0; i < messages; i++) Assert.Equal(AmiReadStatus.Message, reader.TryRead(out _));
        Assert.Equal(AmiReadStatus.Broken, reader.TryRead(out _));
        reader.Append("Event: A\r\n\r\n"u8);
        Assert.Equal(AmiReadStatus.Broken, reader.TryRead(out _));
    }

    [Fact]
    public void What_is_written_is_read_back() =>
        Gen.Select(Gen.String[Gen.Char['A', 'z'], 1, 12], Gen.String[0, 60], Gen.Int[1, 40]).Where((name, value, _) => AmiAction.CanSend(name, value) && value == value.Trim(' ')).Sample((name, value, piece) =>
        {
            // A field's name is that of no other here, and its value is what Encoding makes of it.
            var octets = "Asterisk Call Manager/1\r\n"u8.ToArray().Concat(new AmiAction("Ping").With(name, value).Write("7")).ToArray();
            var expected = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(value));
            var reader = new AmiReader(new AmiLimits());
            foreach (var part in octets.Chunk(piece)) reader.Append(part);
            return reader.TryRead(out var message) == AmiReadStatus.Message
                && message!.Fields.Count == 3 && message.Fields[1] is var field && field.Key == name && field.Value == expected
                && reader.TryRead(out _) == AmiReadStatus.NeedMoreData;
        });

    private static List<AmiMessage> Read(string text)
    {
        var reader = new AmiReader(new AmiLimits());
        reader.Append(Encoding.UTF8.GetBytes(text));
        List<AmiMessage> messages = [];
        while (reader.TryRead(out var message) == AmiReadStatus.Message) messages.Add(message!);
        return messages;
    }

    private static string[] Describe(IReadOnlyList<AmiMessage> messages) => [.. messages.Select(message => message.ToString())];
}
