using Faxbot.Fax.T30;
using Faxbot.Fax.T38;
using Faxbot.Imaging.Pages;
using Faxbot.Testing.Faxes;

namespace Faxbot.Interop.Tests.Spandsp;

/// <summary>Every other way in which T.38 can be spoken, with libspandsp in both directions.</summary>
public sealed class SpandspVariantTests
{
    private static readonly FaxWay WithoutEcm = new(Ecm: false, FaxCoding.Mr, FaxResolution.Fine, 14_400, Pages: 2);
    private static readonly T38TerminalOptions Fec = new() { Sender = new UdptlSenderOptions { ErrorCorrection = UdptlErrorCorrection.Fec } };

    private static readonly Dictionary<string, SpandspFax> Transports = new()
    {
        ["parity"] = new SpandspFax { Terminal = Fec, Peer = ["--fec", "3:3"] },
        ["parity and loss"] = new SpandspFax
        {
            Terminal = Fec,
            Faults = new LinkFaults { Loss = 0.03, OnlyFrom = 0 },
            Peer = ["--fec", "3:3", "--loss", "0.03"],
        },
        ["parity of another shape and bursts of loss"] = new SpandspFax
        {
            Terminal = new T38TerminalOptions { Sender = Fec.Sender with { FecSpan = 2, FecEntries = 5 } },
            Faults = new LinkFaults { Loss = 0.03, Burst = 3, OnlyFrom = 0 },
            Peer = ["--fec", "2:5", "--loss", "0.03", "--loss-burst", "3"],
        },
        ["no protection"] = new SpandspFax
        {
            Terminal = new T38TerminalOptions { Sender = new UdptlSenderOptions { ErrorCorrection = UdptlErrorCorrection.None } },
            Peer = ["--redundancy", "0"],
        },
        ["version 1"] = Version(1, ecm: true),
        ["version 2"] = Version(2, ecm: true),
        ["version 3"] = Version(3, ecm: true),
        ["version 1 without ECM"] = Version(1, ecm: false),
        ["version 2 without ECM"] = Version(2, ecm: false),
        ["version 3 without ECM"] = Version(3, ecm: false),
        ["unpaced"] = Unpaced(ecm: true),
        ["unpaced without ECM"] = Unpaced(ecm: false),
    };

    private static readonly Dictionary<string, SpandspFax> Terms = new()
    {
        ["fill bits removed"] = new SpandspFax
        {
            Way = WithoutEcm with { Coding = FaxCoding.Mh },
            Transmitter = new TransmitterOptions { OmitFill = true },
            Receiver = new ReceiverOptions { Capabilities = new ReceiverOptions().Capabilities with { MinimumScanTime = TimeSpan.FromMilliseconds(20) } },
            Peer = ["--fill-bit-removal", "--min-scan-time", "20"],
        },
        ["fill bits kept"] = new SpandspFax
        {
            Way = WithoutEcm with { Coding = FaxCoding.Mh },
            Receiver = new ReceiverOptions { Capabilities = new ReceiverOptions().Capabilities with { MinimumScanTime = TimeSpan.FromMilliseconds(20) } },
            Peer = ["--min-scan-time", "20"],
        },
        ["several blocks a page"] = new SpandspFax { Way = new SpandspFax().Way with { Dense = true } },
        ["small datagrams"] = new SpandspFax
        {
            Terminal = new T38TerminalOptions { Sender = new UdptlSenderOptions { MaxDatagram = 150 } },
            Peer = ["--max-datagram", "150"],
        },
        ["packets out of order and twice"] = new SpandspFax
        {
            Faults = new LinkFaults { Reorder = 0.1, Duplicate = 0.1, OnlyFrom = 0 },
            Peer = ["--reorder", "0.1", "--duplicate", "0.1"],
        },
        ["all faults at once"] = new SpandspFax
        {
            Faults = new LinkFaults { Loss = 0.05, Burst = 2, Reorder = 0.05, Duplicate = 0.05, OnlyFrom = 0 },
            Peer = ["--loss", "0.05", "--loss-burst", "2", "--reorder", "0.05", "--duplicate", "0.05"],
        },
    };

    public static TheoryData<string> Names() => [.. Transports.Keys, .. Terms.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_pixel_arrives_both_ways(string name)
    {
        var fax = Transports.GetValueOrDefault(name) ?? Terms[name];

        (await fax.SendAsync()).AssertDelivered();
        (await fax.ReceiveAsync()).AssertDelivered();
    }

    // libspandsp's terminal carries the training check whatever was agreed, and waits for ours in vain: only this way round can be proved.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_pixel_arrives_where_each_side_checks_training_by_itself(bool ecm)
    {
        var result = await new SpandspFax
        {
            Way = ecm ? new SpandspFax().Way : WithoutEcm,
            Terminal = new T38TerminalOptions { LocalTrainingCheck = true },
            Receiver = new ReceiverOptions { LocalTrainingCheck = true },
            Peer = ["--local-tcf"],
        }.ReceiveAsync();

        result.AssertDelivered();
    }

    private static SpandspFax Version(int version, bool ecm) => new()
    {
        Way = ecm ? new SpandspFax().Way : WithoutEcm,
        Terminal = new T38TerminalOptions { Version = version },
        Peer = ["--t38-version", $"{version}"],
    };

    private static SpandspFax Unpaced(bool ecm) => new()
    {
        Way = (ecm ? new SpandspFax().Way : WithoutEcm) with { Pages = 5 },
        Terminal = new T38TerminalOptions { Paced = false },
        Peer = ["--no-pacing"],
    };
}
