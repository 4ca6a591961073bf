using System.Text;
using Faxbot.Sip.Messages;
using Faxbot.Testing;

namespace Faxbot.Sip.Tests.Messages;

/// <summary>The samples under test/corpus/sip and the messages in the traces of the Asterisk lab.</summary>
internal static class SipCorpus
{
    private static readonly Dictionary<string, byte[]> Samples = Corpus.Read("sip").ToDictionary(sample => sample.Name, sample => sample.Bytes);

    public static byte[] Torture(string name) => Samples[name + ".sip"];

    public static IEnumerable<string> TortureNames() => Samples.Keys.Select(name => Path.GetFileNameWithoutExtension(name));

    /// <summary>The messages of the lab's traces: text with LF line ends, where a line of dashes, a time and a direction stands before each message.</summary>
    public static IReadOnlyList<byte[]> LabMessages() =>
        [.. Directory.EnumerateFiles(RepositoryRoot.Of("test", "lab", "asterisk-lab", "traces"), "*.sip.txt").Order(StringComparer.Ordinal).SelectMany(Split)];

    public static SipRequest Reread(SipRequest request)
    {
        Assert.Equal(SipParseError.None, SipMessage.TryParse(request.ToArray(), SipLimits.Default, out var again));
        return Assert.IsType<SipRequest>(again);
    }

    /// <summary>Parse(Write(x)) == x, and writing that gives the same octets.</summary>
    public static void AssertWritesWhatItReads(SipMessage message)
    {
        var written = message.ToArray();
        Assert.Equal(SipParseError.None, SipMessage.TryParse(written, SipLimits.Default, out var again));
        Assert.Equal(message.GetType(), again!.GetType());
        Assert.Equal(message.StartLine, again.StartLine);
        Assert.Equal(message.Headers, again.Headers);
        Assert.Equal(message.Body.ToArray(), again.Body.ToArray());
        Assert.Equal(written, again.ToArray());
    }

    private static IEnumerable<byte[]> Split(string path) =>
        File.ReadAllText(path).Split("---  ", StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part[(part.IndexOf('\n', StringComparison.Ordinal) + 1)..])
            .Select(Wire)
            .Where(octets => octets.Length > 0);

    // The trace has LF where the wire had CRLF, and an empty line behind each message that is not part of it.
    private static byte[] Wire(string text) =>
        Encoding.UTF8.GetBytes(text.TrimStart('\n').ReplaceLineEndings("\r\n"));
}
