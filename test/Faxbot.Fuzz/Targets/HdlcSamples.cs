using Faxbot.Fax.T30;
using Faxbot.Imaging.Pages;
using Faxbot.Imaging.T4;

namespace Faxbot.Fuzz.Targets;

/// <summary>Sessions for <see cref="HdlcTarget"/>: what each machine hears in a good call.</summary>
internal static class HdlcSamples
{
    private const byte Receiver = 0, Poller = 1, Transmitter = 2, PolledTransmitter = 3;
    private static readonly DcsSettings Plain = new() { Modulation = Modulation.V27ter2400, Coding = FaxCoding.Mh, Format = new PageFormat(1728, FaxResolution.Standard) };
    private static readonly DcsSettings Ecm = new() { Modulation = Modulation.V17At14400, Coding = FaxCoding.Mmr, Format = new PageFormat(1728, FaxResolution.Fine), Ecm = true };

    public static IEnumerable<byte[]> Sessions =>
    [
        [Receiver, .. Training(Plain), .. Page(Plain), .. Control(FrameType.Mps), .. Page(Plain), .. Control(FrameType.Eop), .. Control(FrameType.Dcn)],
        [Receiver, .. Control(FrameType.Sub, 0x0C), .. Training(Ecm), .. EcmPage(), .. Control(FrameType.Pps, 0x2E, 0, 0, 1), .. Control(FrameType.Dcn)],
        [Receiver, .. Training(Ecm), .. EcmPage(), .. Control(FrameType.Pps, 0, 0, 0, 4), .. Control(FrameType.Ctc, 0x00, 0x20), .. Control(FrameType.Eor, 0x2E)],
        [Poller, .. Control(FrameType.Dis, Capabilities()), .. Training(Plain), .. Page(Plain), .. Control(FrameType.Eop)],
        [Transmitter, .. Control(FrameType.Dis, Capabilities()), .. Control(FrameType.Cfr), .. Control(FrameType.Mcf), .. Control(FrameType.Mcf)],
        [Transmitter, .. Control(FrameType.Dis, Capabilities()), .. Control(FrameType.Ftt), .. Control(FrameType.Cfr), .. Control(FrameType.Rtn), .. Control(FrameType.Cfr), .. Control(FrameType.Rtp)],
        [Transmitter, .. Control(FrameType.Dis, Capabilities()), .. Control(FrameType.Cfr), .. Control(FrameType.Ppr, [.. Enumerable.Repeat((byte)0xFF, 32)]), .. Control(FrameType.Rnr), .. Control(FrameType.Mcf)],
        [PolledTransmitter, .. Control(FrameType.Dtc, Capabilities()), .. Control(FrameType.Cfr), .. Control(FrameType.Mcf), .. Control(FrameType.Dcn)],
    ];

    public static IEnumerable<byte[]> Items =>
        Enum.GetValues<FrameType>().Select(type => Control(type)).Concat(Enum.GetValues<T30InputKind>().Select(kind => Item(kind, Modulation.V21)));

    private static byte[] Training(DcsSettings settings) =>
    [
        .. Control(FrameType.Tsi, [.. Enumerable.Repeat((byte)0x0C, 20)]), .. Control(FrameType.Dcs, settings.Write()),
        .. Item(T30InputKind.CarrierUp, settings.Modulation), (byte)T30InputKind.Data, (byte)settings.Modulation, 255, .. Item(T30InputKind.CarrierDown, settings.Modulation),
    ];

    private static byte[] Page(DcsSettings settings)
    {
        var coded = Coded(settings.Coding);
        return
        [
            .. Item(T30InputKind.CarrierUp, settings.Modulation),
            .. coded.Chunk(100).SelectMany(part => Item(T30InputKind.Data, settings.Modulation, part)),
            .. Item(T30InputKind.CarrierDown, settings.Modulation),
        ];
    }

    private static byte[] EcmPage()
    {
        // FCD frames are 256 octets of data, more than an item can carry: short ones are padded by no one and must be survived.
        var frames = Coded(FaxCoding.Mmr).Chunk(64).Select((part, number) => Item(T30InputKind.Frame, Modulation.V17At14400, [0xFF, 0xC0, (byte)FrameType.Fcd, (byte)number, .. part]));
        var rcp = Item(T30InputKind.Frame, Modulation.V17At14400, 0xFF, 0xC0, (byte)FrameType.Rcp);
        return [.. Item(T30InputKind.CarrierUp, Modulation.V17At14400), .. frames.SelectMany(frame => frame), .. rcp, .. rcp, .. rcp, .. Item(T30InputKind.CarrierDown, Modulation.V17At14400)];
    }

    private static byte[] Coded(FaxCoding coding)
    {
        var encoder = new FaxEncoder(coding, 1728);
        var row = new byte[216];
        var coded = new byte[encoder.MaxRowOctets];
        List<byte> page = [];
        for (var y = 0; y < 10; y++)
        {
            row.AsSpan(y * 9, 20).Fill(0x3C);
            page.AddRange(coded.AsSpan(0, encoder.EncodeRow(row, coded)));
        }

        return [.. page, .. coded.AsSpan(0, encoder.Finish(coded))];
    }

    private static byte[] Capabilities() => new DisCapabilities { Fine = true, Mr = true, Mmr = true, Ecm = true, Modems = ModemCapability.V17, CanReceive = true, CanTransmit = true }.Write();

    private static byte[] Control(FrameType type, params byte[] information) =>
    [
        .. Item(T30InputKind.CarrierUp, Modulation.V21), .. Item(T30InputKind.Frame, Modulation.V21, T30Frame.Build(type, disReceived: false, isFinal: true, information)),
        .. Item(T30InputKind.CarrierDown, Modulation.V21),
    ];

    private static byte[] Item(T30InputKind kind, Modulation modulation, params byte[] octets) => [(byte)((byte)kind | 0x10), (byte)modulation, (byte)octets.Length, .. octets];
}
