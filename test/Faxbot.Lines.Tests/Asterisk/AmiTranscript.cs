using System.Globalization;
using System.Text;
using Faxbot.Lines.Asterisk.Manager;
using Faxbot.Testing;

namespace Faxbot.Lines.Tests.Asterisk;

/// <summary>
/// What a real Asterisk said of a call (test/lab/asterisk-lab/ami-transcripts). It was recorded with the lab's own dialplan, whose event is called
/// LabFaxSent and has a field for each value: here it becomes our FaxbotSent, whose one field has them all.
/// </summary>
internal sealed class AmiTranscript
{
    private AmiTranscript(byte[] octets) => Octets = octets;

    /// <summary>As it came.</summary>
    public byte[] Octets { get; }

    public static IEnumerable<string> Names => Directory.GetFiles(RepositoryRoot.Of("test", "lab", "asterisk-lab", "ami-transcripts"), "*x.txt").Select(path => Path.GetFileName(path)!).Order();

    public static AmiTranscript Of(string name) => new(File.ReadAllBytes(RepositoryRoot.Of("test", "lab", "asterisk-lab", "ami-transcripts", name)));

    /// <summary>Its messages, read in pieces of so many octets.</summary>
    public IReadOnlyList<AmiMessage> Read(int piece = int.MaxValue) =>
        Read(Octets.Length <= piece ? [Octets] : Octets.Chunk(piece));

    /// <summary>Its messages, read in these pieces.</summary>
    public static IReadOnlyList<AmiMessage> Read(IEnumerable<byte[]> pieces)
    {
        var reader = new AmiReader(new AmiLimits());
        List<AmiMessage> messages = [];
        foreach (var octets in pieces)
        {
            reader.Append(octets);
            while (reader.TryRead(out var message) == AmiReadStatus.Message) messages.Add(Ours(message!));
        }

        Assert.Equal("11.0.0", reader.Version);
        return messages;
    }

    /// <summary>When a message was sent; what has no time stands at the time before it.</summary>
    public static DateTimeOffset? At(AmiMessage message) => double.TryParse(message["Timestamp"], NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
        ? DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds(seconds)
        : null;

    private static AmiMessage Ours(AmiMessage message)
    {
        if (message["UserEvent"] != "LabFaxSent") return message;
        var line = string.Join('|', "ended", "1", message["Status"], message["Error"], message["Pages"], "", message["Mode"], message["Rate"], message["Resolution"], message["Cause"], "",
            Encoded(message["RemoteStation"]), message["StatusString"]);
        return new AmiMessage([.. message.Fields.Where(field => field.Key is "Event" or "Timestamp" or "Channel" or "Uniqueid"), new("UserEvent", "FaxbotSent"), new("Result", Encoded(line))]);
    }

    private static string Encoded(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
