using System.Text;
using Faxbot.Testing;

namespace Faxbot.Fuzz.Targets;

/// <summary>SIP messages and session descriptions to start from: the torture tests and what a real Asterisk said.</summary>
internal static class SipSamples
{
    public static IEnumerable<byte[]> Messages =>
        Corpus.Read("sip").Select(sample => sample.Bytes).Concat(
            Directory.EnumerateFiles(RepositoryRoot.Of("test", "lab", "asterisk-lab", "traces"), "*.sip.txt").Order(StringComparer.Ordinal).SelectMany(Split));

    // The traces have a line with dashes, a time and a direction before each message, and LF where the wire had CRLF.
    private static IEnumerable<byte[]> Split(string path) =>
        File.ReadAllText(path).Split("---  ", StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part[(part.IndexOf('\n', StringComparison.Ordinal) + 1)..].TrimStart('\n').ReplaceLineEndings("\r\n"))
            .Where(message => message.Length > 0)
            .Select(Encoding.UTF8.GetBytes);
}
