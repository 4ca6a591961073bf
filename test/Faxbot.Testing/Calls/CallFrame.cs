using System.Globalization;
using System.Text;
using Faxbot.Fax.T30;

namespace Faxbot.Testing.Calls;

/// <summary>A control frame as scripted calls write it: <c>MCF</c>, <c>DIS:fine,ecm</c>, <c>PPS:EOP/0/0/3</c>, <c>RAW:FFC8AA</c>.</summary>
internal sealed class CallFrame
{
    private readonly CallLine _line;
    private readonly string _text;

    public CallFrame(CallLine line, string word)
    {
        _line = line;
        IsGood = !word.StartsWith('!');
        var parts = word.TrimStart('!').Split(':', 2);
        Name = parts[0];
        _text = parts.Length > 1 ? parts[1] : "";
    }

    /// <summary>The frame's name in T.30.</summary>
    public string Name { get; }

    /// <summary>Whether its FCS is right: a <c>!</c> before the name says that it is not.</summary>
    public bool IsGood { get; }

    public FrameType Type => Enum.TryParse<FrameType>(Name.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var type)
        ? type
        : throw _line.Wrong($"'{Name}' is no frame");

    /// <summary>What DCS or CTC says.</summary>
    public DcsSettings Settings => CallWords.Settings(Words);

    private string[] Words => _text.Split(',', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Its octets, address to information.</summary>
    public byte[] Build(bool disReceived, bool isFinal) =>
        Name == "RAW" ? Convert.FromHexString(_text) : T30Frame.Build(Type, disReceived, isFinal, Information());

    /// <summary>Whether <paramref name="octets"/> are this frame; what the script leaves open may be anything.</summary>
    public bool Matches(byte[] octets)
    {
        if (!T30Frame.TryParse(octets, out var frame) || frame.Type != Type) return false;
        if (_text.Length == 0) return true;
        return Type switch
        {
            FrameType.Dcs => DcsSettings.TryParse(frame.Information) is { } settings && Words.All(CallWords.Describe(settings).Contains),
            FrameType.Dis or FrameType.Dtc => Words.All(CallWords.Describe(DisCapabilities.Parse(frame.Information)).Contains),
            FrameType.Ctc => CallWords.ReadRate(frame.Information) == Settings.Modulation,
            FrameType.Pps when _text.Split('/').Length == 3 => frame.Information[..3].SequenceEqual(Information().AsSpan(0, 3)),
            _ => frame.Information.SequenceEqual(Information()),
        };
    }

    private byte[] Information() => Type switch
    {
        FrameType.Dis or FrameType.Dtc => CallWords.Capabilities(Words).Write(),
        FrameType.Dcs => _text.StartsWith("0x", StringComparison.Ordinal) ? Convert.FromHexString(_text[2..]) : Settings.Write(),
        FrameType.Ctc => Settings.WriteCtc(),
        FrameType.Csi or FrameType.Tsi or FrameType.Cig or FrameType.Sub or FrameType.Sid or FrameType.Pwd or FrameType.Sep or FrameType.Psa => Identity(),
        FrameType.Pps => PartialPage(_text.Split('/')),
        FrameType.Eor => [Second(_text)],
        FrameType.Ppr => Map(Numbers(_text)),
        _ => Convert.FromHexString(_text),
    };

    /// <summary>Numbers and ranges: <c>0-3,7</c>.</summary>
    public static IEnumerable<int> Numbers(string text) =>
        from part in text.Split(',', StringSplitOptions.RemoveEmptyEntries)
        let ends = part.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture)).ToArray()
        from number in Enumerable.Range(ends[0], ends[^1] - ends[0] + 1)
        select number;

    /// <summary>T.30 numbers go least significant bit first.</summary>
    public static byte Reverse(int value)
    {
        var reversed = 0;
        for (var bit = 0; bit < 8; bit++) reversed |= ((value >> bit) & 1) << (7 - bit);
        return (byte)reversed;
    }

    // T.30 5.3.6.2.4: twenty characters, the last one first.
    private byte[] Identity() => [.. Encoding.ASCII.GetBytes(CallWords.Text(_text).PadRight(20)).Reverse().Select(octet => Reverse(octet))];

    // T.30 A.4.3: command, page, block and the number of frames less one, which the script writes as it is.
    private static byte[] PartialPage(string[] parts)
    {
        var numbers = parts[1..].Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return [Second(parts[0]), Reverse(numbers[0]), Reverse(numbers[1]), .. numbers.Length > 2 ? [Reverse(numbers[2] - 1)] : Array.Empty<byte>()];
    }

    private static byte Second(string command) => command switch
    {
        "NULL" => 0x00,
        "MPS" => 0xF2,
        "EOM" => 0xF1,
        "EOP" => 0xF4,
        "PRI-EOP" => 0xFC,
        _ => Convert.FromHexString(command)[0],
    };

    private static byte[] Map(IEnumerable<int> frames)
    {
        var map = new byte[32];
        foreach (var frame in frames) map[frame >> 3] |= (byte)(0x80 >> (frame & 7));
        return map;
    }
}
