using System.Text;
using Faxbot.Sip.Messages;
using Faxbot.Sip.Sdp;
using Faxbot.Sip.Tests.Messages;
using Faxbot.Testing;

namespace Faxbot.Sip.Tests.Sdp;

/// <summary>The samples under test/corpus/sdp and the bodies in the traces of the Asterisk lab.</summary>
internal static class SdpCorpus
{
    private static readonly Dictionary<string, byte[]> Samples = Corpus.Read("sdp").ToDictionary(sample => sample.Name, sample => sample.Bytes);

    public static IEnumerable<string> Names() => Samples.Keys.Select(name => Path.GetFileNameWithoutExtension(name));

    public static byte[] Octets(string name) => Samples[name + ".sdp"];

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
