using System.Net;
using System.Text;
using Faxbot.Testing.Captures;

namespace Faxbot.Testing.Tests.Captures;

public sealed class TsharkTests
{
    private const string Options = "OPTIONS sip:b@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bK1\r\nMax-Forwards: 70\r\n"
        + "To: <sip:b@127.0.0.1>\r\nFrom: <sip:a@127.0.0.1>;tag=1\r\nCall-ID: 1@a\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n";

    private static readonly IPEndPoint Near = new(IPAddress.Loopback, 5060);
    private static readonly IPEndPoint Far = new(IPAddress.Parse("127.0.0.2"), 40_000);

    [Fact]
    public async Task Finds_nothing_wrong_with_a_good_request()
    {
        using var folder = new TempFolder();
        using (var pcap = new PcapWriter(folder.Of("good.pcap"))) pcap.Write(TimeSpan.FromSeconds(1.5), Near, Near, Encoding.ASCII.GetBytes(Options));

        var rows = await Tshark.FieldsAsync(folder.Of("good.pcap"), ["sip.Method", "udp.checksum.status", "ip.checksum.status"], CheckSums);

        Assert.Equal(["OPTIONS", "1", "1"], Assert.Single(rows).Select(Assert.Single));
        Assert.Empty(await Tshark.FindingsAsync(folder.Of("good.pcap"), TsharkSeverity.Note, CheckSums));
    }

    [Fact]
    public async Task Finds_a_truncated_T38_packet()
    {
        using var folder = new TempFolder();
        using (var pcap = new PcapWriter(folder.Of("bad.pcap")))
        {
            pcap.Write(TimeSpan.Zero, Near, Far, [0, 1, 1, 0, 0, 0]);
            // Sequence 2, an IFP packet that says it has 6 octets, of which one is there.
            pcap.Write(TimeSpan.FromMilliseconds(30), Near, Far, [0, 2, 6, 0xC0]);
        }

        var findings = await Tshark.FindingsAsync(folder.Of("bad.pcap"), TsharkSeverity.Error, new TsharkOptions { DecodeAs = ["udp.port==40000,t38"] });

        Assert.Contains(findings, finding => finding is { Frame: 2, Severity: TsharkSeverity.Error } && finding.Protocols.Contains("t38", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Says_what_is_wrong_with_its_arguments() =>
        Assert.Contains("no.such.field", (await Assert.ThrowsAsync<InvalidOperationException>(() => Tshark.FieldsAsync("/dev/null", ["no.such.field"]))).Message, StringComparison.Ordinal);

    private static TsharkOptions CheckSums { get; } = new() { Preferences = ["ip.check_checksum:TRUE", "udp.check_checksum:TRUE"] };
}
