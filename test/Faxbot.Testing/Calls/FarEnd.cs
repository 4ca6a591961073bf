using System.Globalization;
using Faxbot.Fax.T30;

namespace Faxbot.Testing.Calls;

/// <summary>The station at the other end of a scripted call: puts on the line what <c>send</c> names, at the pace of a modem.</summary>
internal sealed class FarEnd(bool calls, Action<TimeSpan> passUntil, FarEnd.Heard report)
{
    private static readonly TimeSpan Turnaround = TimeSpan.FromMilliseconds(75);
    private static readonly TimeSpan Preamble = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Packet = TimeSpan.FromMilliseconds(30);

    private TimeSpan _now;
    private DcsSettings? _settings;

    /// <summary>Hands an input to the machine.</summary>
    public delegate void Heard(scoped in T30Input input);

    /// <summary>Sends control frames in one signal (<c>empty</c>: no final frame, <c>hold</c>: without end), or an image: <c>TCF[:bad|short]</c>, <c>PAGE:N[,HOW]</c>, <c>ECM:N[/FRAMES]</c>.</summary>
    public void Send(CallLine line, TimeSpan now)
    {
        _now = now;
        Pass(Turnaround);
        var parts = line.Words[0].Split(':', 2);
        switch (parts[0])
        {
            case "TCF":
                SendTrainingCheck(line, parts is [_, var how] ? how : "");
                break;
            case "PAGE":
                SendPage(line, parts[1].Split(','));
                break;
            case "ECM":
                SendFrames(line, parts[1].Split('/'));
                break;
            default:
                SendControl(line);
                break;
        }
    }

    private void SendControl(CallLine line)
    {
        var words = line.Words.Where(word => word is not "hold" and not "empty").ToArray();
        report(T30Input.CarrierUp(Modulation.V21));
        Pass(Preamble);
        foreach (var (index, word) in words.Index())
        {
            var frame = new CallFrame(line, word);
            var octets = frame.Build(disReceived: calls, isFinal: index == words.Length - 1 && !line.Words.Contains("empty"));
            Pass(TimeSpan.FromSeconds((octets.Length + 3) * 8 / 300.0));
            report(T30Input.Frame(Modulation.V21, octets, frame.IsGood));
            if (frame.Name is "DCS" or "CTC") Learn(frame);
        }

        if (!line.Words.Contains("hold")) report(T30Input.CarrierDown(Modulation.V21));
    }

    // CTC changes the rate alone.
    private void Learn(CallFrame frame) =>
        _settings = frame.Name == "CTC" && _settings is not null ? _settings with { Modulation = frame.Settings.Modulation } : frame.Settings;

    private void SendTrainingCheck(CallLine line, string how)
    {
        var modulation = Settings(line).Modulation;
        var octets = new byte[(int)(modulation.BitRate() * 1.5 / 8)];
        if (how == "bad") octets.AsSpan().Fill(0x55);
        SendStream(modulation, how == "short" ? octets[..(octets.Length / 2)] : octets);
        report(T30Input.CarrierDown(modulation));
    }

    private void SendPage(CallLine line, string[] words)
    {
        var settings = Settings(line);
        var code = CodedSample.Code(int.Parse(words[0], CultureInfo.InvariantCulture), settings);
        var how = words.Length > 1 ? words[1] : "";
        if (how == "noise")
        {
            for (var i = 20; i < code.Length; i += 20) code[i] ^= 0xA5;
        }

        SendStream(settings.Modulation, how is "half" or "cut" ? code[..(code.Length / 2)] : how == "gap" ? code[..(code.Length / 3)] : code);
        if (how == "gap")
        {
            report(T30Input.Gap(settings.Modulation));
            SendOctets(settings.Modulation, code[(code.Length / 2)..]);
        }

        if (how != "cut") report(T30Input.CarrierDown(settings.Modulation));
    }

    private void SendFrames(CallLine line, string[] words)
    {
        var settings = Settings(line);
        var frames = CodedSample.Frames(int.Parse(words[0], CultureInfo.InvariantCulture), settings);
        var wanted = words.Length > 1 ? CallFrame.Numbers(words[1]).ToArray() : [.. Enumerable.Range(0, frames.Count)];
        report(T30Input.CarrierUp(settings.Modulation));
        byte[] end = [0xFF, 0xC0, (byte)FrameType.Rcp];
        foreach (var octets in wanted.Select(number => frames[number]).Concat([end, end, end]))
        {
            Pass(TimeSpan.FromSeconds((octets.Length + 3) * 8.0 / settings.Modulation.BitRate()));
            report(T30Input.Frame(settings.Modulation, octets, fcsGood: true));
        }

        report(T30Input.CarrierDown(settings.Modulation));
    }

    private void SendStream(Modulation modulation, byte[] octets)
    {
        report(T30Input.CarrierUp(modulation));
        SendOctets(modulation, octets);
    }

    private void SendOctets(Modulation modulation, byte[] octets)
    {
        foreach (var part in octets.Chunk((int)(modulation.BitRate() * Packet.TotalSeconds / 8)))
        {
            Pass(Packet);
            report(T30Input.Data(modulation, part));
        }
    }

    private DcsSettings Settings(CallLine line) => _settings ?? throw line.Wrong("no DCS was sent before");

    private void Pass(TimeSpan time) => passUntil(_now += time);
}
