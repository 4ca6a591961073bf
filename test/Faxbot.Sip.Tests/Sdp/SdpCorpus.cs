using System.Text;
using Faxbot.Sip.Messages;
using Faxbot.Sip.Sdp;
using Faxbot.Sip.Tests.Messages;
using Faxbot.Testing;

namespace Faxbot.Sip.Tests.Sdp;

/// <summary>The samples under test/corpus/sip/sdp and the bodies in the traces of the Asterisk lab.</summary>
internal static class SdpCorpus
{
    private static string Folder => RepositoryRoot.Of("test", "corpus", "sip", "sdp");

    public static IEnumerable<string> Names() => Directory.EnumerateFiles(Folder, "*.sdp").Select(path => Path.GetFileNameWithoutExtension(path));

    public static byte[] Octets(string name) => File.ReadAllBytes(Path.Combine(Folder, name + ".sdp"));

    public static SdpDescription Read(string name) => Parse(Octets(name));

    public static SdpDescription Parse(string text) => Parse(Encoding.UTF8.GetBytes(text));

    public static IReadOnlyList<byte[]> LabBodies() =>
        [.. SipCorpus.LabMessages().Select(Body).Where(body => body.Length > 0)];

    /// <summary>Parse(Write(x)) == x, and writing that gives the same text.</summary>
    public static void AssertWritesWhatItReads(SdpDescription description)
    {
        var again = Parse(description.ToArray());
        Assert.Equal(description.ToString(), again.ToString());
        Assert.Equivalent(description, again, strict: true);
    }

    private static SdpDescription Parse(byte[] octets)
    {
        Assert.Equal(SdpParseError.None, SdpDescription.TryParse(octets, SdpLimits.Default, out var description));
        return description!;
    }

    private static byte[] Body(byte[] message)
    {
        Assert.Equal(SipParseError.None, SipMessage.TryParse(message, SipLimits.Default, out var read));
        return read!.Body.ToArray();
    }
}
