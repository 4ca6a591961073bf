using Faxbot.Imaging.Pages;
using Faxbot.Interop.Tests.Embedded;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Trunks;
using Faxbot.Testing;
using Faxbot.Testing.Captures;
using Faxbot.Testing.Faxes;

namespace Faxbot.Interop.Tests.Captures;

/// <summary>Wireshark's dissectors read all that both sides of a call send, from INVITE to BYE.</summary>
public sealed class WholeCallTests
{
    private const string Reassembled = "(HDLC Reassembled: ";
    private static readonly string[] Fields =
        ["frame.protocols", "_ws.col.Info", "t30.t4.frame_num", "t30.t4.frame_count", "t30.pps.fcf2", "t30.fif.ecm", "t30.fif.t6", "t30.fif.res", "rtp.p_type"];

    private enum Column
    {
        Protocols,
        Info,
        FrameNumber,
        FrameCount,
        PostPageCommand,
        Ecm,
        T6,
        Fine,
        PayloadType,
    }

    [Theory]
    [InlineData(0, T38ErrorCorrection.Redundancy, true)]
    [InlineData(3, T38ErrorCorrection.Redundancy, false)]
    [InlineData(0, T38ErrorCorrection.Fec, false)]
    [InlineData(3, T38ErrorCorrection.Fec, true)]
    public async Task Every_datagram_decodes_without_complaint(int version, T38ErrorCorrection correction, bool ecm)
    {
        using var folder = new TempFolder();
        var capture = folder.Of("call.pcap");
        using var document = new BitmapDocument(FaxResolution.Fine, SamplePages.Text(1728, 100, 1), SamplePages.Text(1728, 100, 2));

        var call = await RecordedCall.MakeAsync(
            capture, new TrunkT38 { Version = version, ErrorCorrection = correction, Ecm = ecm }, document, new CollectedPages());

        Assert.True(call.Sent.Outcome is { Class: OutcomeClass.Success, PagesConfirmed: 2 }, $"{call.Sent}");
        Assert.Equal((version, correction.ToString().ToLowerInvariant()), (call.Sent.Switch!.Version, call.Sent.Switch.ErrorCorrection));
        var options = new TsharkOptions
        {
            DecodeAs = [$"udp.port=={call.Called.Port},sip"],
            Preferences = [$"t38.use_pre_corrigendum_asn1_specification:{(version == 0 ? "TRUE" : "FALSE")}"],
        };
        Assert.Empty(await Tshark.FindingsAsync(capture, TsharkSeverity.Warning, options));
        var rows = await Tshark.FieldsAsync(capture, Fields, options);
        CheckProtocols(rows);
        CheckFrames(rows, ecm);
        if (ecm) CheckBlocks(rows);
    }

    [Fact]
    public async Task Every_message_over_TCP_decodes_without_complaint()
    {
        using var folder = new TempFolder();
        var capture = folder.Of("call.pcap");
        using var document = new BitmapDocument(FaxResolution.Standard, SamplePages.Text(1728, 50, 1));

        var call = await RecordedCall.MakeAsync(capture, new TrunkT38(), document, new CollectedPages(), TrunkTransport.Tcp);

        Assert.True(call.Sent.Outcome is { Class: OutcomeClass.Success, PagesConfirmed: 1 }, $"{call.Sent}");
        var options = new TsharkOptions
        {
            DecodeAs = [$"tcp.port=={call.Called.Port},sip"],
            Preferences = ["t38.use_pre_corrigendum_asn1_specification:TRUE"],
        };
        Assert.Empty(await Tshark.FindingsAsync(capture, TsharkSeverity.Warning, options));
        var messages = await Tshark.FieldsAsync(capture, ["sip.Method", "sip.Status-Code"], options with { Filter = "tcp" });
        var told = messages.Select(row => row[0].Count > 0 ? row[0][0] : row[1][0]).Where(message => message != "100").ToList();
        Assert.Equal(["INVITE", "200", "ACK", "INVITE", "200", "ACK", "BYE"], told.Take(7));
        // Both sides hang up after DCN, so that two BYE may cross, on a connection each: the one that comes after the other's answer belongs to no dialog
        // any more (RFC 3261 15.1.2).
        var crossed = told.Count(message => message == "BYE") == 2;
        Assert.All(told.Skip(7), message => Assert.True(message == "200" || (crossed && message is "BYE" or "481"), message));
    }

    private static void CheckProtocols(IReadOnlyList<IReadOnlyList<IReadOnlyList<string>>> rows)
    {
        string[] expected = ["raw:ip:udp:rtp", "raw:ip:udp:sip", "raw:ip:udp:sip:sdp", "raw:ip:udp:t38", "raw:ip:udp:t38:t30"];
        Assert.Equal(expected, rows.Select(row => row[(int)Column.Protocols][0]).Distinct().Order(StringComparer.Ordinal));
        // PCMU both ways: CNG and CED.
        Assert.Equal(["0"], rows.SelectMany(row => row[(int)Column.PayloadType]).Distinct());
        var sip = rows.Select(row => row[(int)Column.Info][0]).Where(info => info.StartsWith("Request: ", StringComparison.Ordinal))
            .Select(info => info.Split(' ')[1]).Distinct();
        Assert.Equal(["INVITE", "ACK", "BYE"], sip);
    }

    private static void CheckFrames(IReadOnlyList<IReadOnlyList<IReadOnlyList<string>>> rows, bool ecm)
    {
        string[] page1 = ecm ? ["PPS - Partial Page Signal - PC:0 BC:0"] : ["MPS - MultiPage Signal"];
        string[] page2 = ecm ? ["PPS - Partial Page Signal - PC:1 BC:0"] : ["EOP - End Of Procedure"];
        string[] expected =
        [
            "CSI - Called Subscriber Identification - Number:+1 555 0199",
            "DIS - Digital Identification Signal - DSR:ITU-T V.27 ter, V.29, and V.17",
            "SID - Sender Identification - Number:34",
            "SUB - Subaddress - Number:12",
            "TSI - Transmitting Subscriber Identification - Number:+1 555 0100",
            "DCS - Digital Command Signal - DSR:14 400 bit/s, ITU-T V.17",
            "CFR - Confirmation To Receive",
            .. page1, "MCF - Message Confirmation", .. page2, "MCF - Message Confirmation",
            "DCN - Disconnect",
        ];
        var frames = rows.Select(row => row[(int)Column.Info][0]).Where(info => info.Contains(Reassembled, StringComparison.Ordinal))
            .Select(info => info[(info.IndexOf(Reassembled, StringComparison.Ordinal) + Reassembled.Length)..].TrimEnd().TrimEnd(')'))
            .Where(frame => !frame.StartsWith("FCD", StringComparison.Ordinal) && !frame.StartsWith("RCP", StringComparison.Ordinal))
            .Select(frame => frame.Split(" FC:")[0]);
        Assert.Equal(expected, frames);
        // DIS allows what the trunk does, MMR only with error correction; DCS chooses all of it.
        var flags = rows.Where(row => row[(int)Column.Ecm].Count > 0)
            .Select(row => (IsSet(row[(int)Column.Ecm]), IsSet(row[(int)Column.T6]), IsSet(row[(int)Column.Fine])));
        Assert.Equal([(ecm, ecm, true), (ecm, ecm, true)], flags);
    }

    // Each page is one block: frames 0 to n, three RCP, then PPS with MPS or EOP that counts them.
    private static void CheckBlocks(IReadOnlyList<IReadOnlyList<IReadOnlyList<string>>> rows)
    {
        Assert.Equal(["242", "244"], rows.SelectMany(row => row[(int)Column.PostPageCommand]).Select(Octet));
        var counts = rows.SelectMany(row => row[(int)Column.FrameCount]).Select(int.Parse);
        var numbers = rows.SelectMany(row => row[(int)Column.FrameNumber]).Select(int.Parse);
        Assert.Equal(counts.SelectMany(last => Enumerable.Range(0, last + 1)), numbers);
        Assert.Equal(6, rows.Count(row => row[(int)Column.Info][0].Contains($"{Reassembled}RCP", StringComparison.Ordinal)));
    }

    // Versions of tshark differ in how they write octets and flags.
    private static string Octet(string text) => text.StartsWith("0x", StringComparison.Ordinal) ? $"{Convert.ToInt32(text, 16)}" : text;

    private static bool IsSet(IReadOnlyList<string> flag) => flag is ["1" or "True", ..];
}
