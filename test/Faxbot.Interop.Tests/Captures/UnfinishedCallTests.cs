using Faxbot.Imaging.Pages;
using Faxbot.Interop.Tests.Embedded;
using Faxbot.Lines;
using Faxbot.Lines.Embedded;
using Faxbot.Sdk.Trunks;
using Faxbot.Testing;
using Faxbot.Testing.Captures;
using Faxbot.Testing.Faxes;

namespace Faxbot.Interop.Tests.Captures;

/// <summary>Wireshark's dissectors read what both sides send in calls that never become a fax, and in pings.</summary>
public sealed class UnfinishedCallTests : IDisposable
{
    private const int TimeScale = 5;
    private readonly TempFolder _folder = new();

    public static TheoryData<string, string[]> Ends() => new()
    {
        { "declined", ["Request: INVITE", "Status: 100", "Status: 603", "Request: ACK"] },
        { "unanswered", ["Request: INVITE", "Status: 100", "Status: 180", "Request: CANCEL", "Status: 200", "Status: 487", "Request: ACK"] },
        { "without T.38", ["Request: INVITE", "Status: 100", "Status: 200", "Request: ACK", "Status: 488", "Request: BYE"] },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task Every_message_decodes_without_complaint(string end, string[] expected)
    {
        IncomingDecision decision = end switch
        {
            "declined" => new IncomingDecision.Reject(603),
            "unanswered" => new IncomingDecision.Ring(),
            _ => new IncomingDecision.Voice(TakesT38: false, TimeSpan.FromMinutes(1)),
        };
        var port = await RecordAsync(decision, async (caller, trunk) =>
        {
            using var document = new BitmapDocument(FaxResolution.Fine, SamplePages.Text(1728, 100, 1));
            await caller.Originate(new OutboundFax { Trunk = trunk, To = "+15550199", From = "+15550100", Document = document }).Completion;
        });

        Assert.Equal(expected.ToHashSet(), await ReadAsync(port));
    }

    [Fact]
    public async Task A_ping_and_its_answer_decode_without_complaint()
    {
        var port = await RecordAsync(new IncomingDecision.Reject(603), (caller, trunk) => caller.PingAsync(trunk, TestContext.Current.CancellationToken));

        Assert.Equal(new HashSet<string> { "Request: OPTIONS", "Status: 200" }, await ReadAsync(port));
    }

    public void Dispose() => _folder.Dispose();

    // Gives the called side's port, which nothing tells that it is SIP's.
    private async Task<int> RecordAsync(IncomingDecision decision, Func<EmbeddedLine, TrunkProfile, Task> use)
    {
        using var file = new PcapWriter(_folder.Of("call.pcap"));
        var time = new ScaledTimeProvider(TimeScale);
        var start = time.GetTimestamp();
        var options = FinishedCall.OnLoopback with { Tap = (from, to, datagram) => file.Write(time.GetElapsedTime(start), from, to, datagram) };
        await using var called = EmbeddedLine.Open(options, time, _ => decision);
        await using var caller = EmbeddedLine.Open(options, time);
        await use(caller, FinishedCall.Trunk(called.LocalEndPoint.Port, new TrunkT38 { Switch = T38Switch.Us }) with { Signalling = new TrunkSignalling { RingTimeout = TimeSpan.FromSeconds(10) } });
        return called.LocalEndPoint.Port;
    }

    // Each kind of message once: on a busy machine some are repeated.
    private async Task<HashSet<string>> ReadAsync(int port)
    {
        var options = new TsharkOptions { DecodeAs = [$"udp.port=={port},sip"] };
        Assert.Empty(await Tshark.FindingsAsync(_folder.Of("call.pcap"), TsharkSeverity.Error, options));
        var rows = await Tshark.FieldsAsync(_folder.Of("call.pcap"), ["_ws.col.Info"], options);
        return [.. rows.Select(row => row[0][0]).Where(info => info.StartsWith("Request: ", StringComparison.Ordinal) || info.StartsWith("Status: ", StringComparison.Ordinal))
            .Select(info => string.Join(' ', info.Split(' ')[..2]))];
    }
}
