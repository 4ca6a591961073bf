namespace Faxbot.Fax.T30;

/// <summary>
/// An HDLC frame of T.30 5.3 without flags and FCS: address, control, facsimile control field and information. Octets are in the
/// order of transmission, the bit that is sent first being the most significant, as IFP carries them.
/// </summary>
public readonly ref struct T30Frame
{
    /// <summary>The longest frame taken: an FCD frame of 256 octets of data with its header.</summary>
    public const int MaxLength = 4 + 256;

    private const byte Address = 0xFF;
    private const byte ControlNonFinal = 0xC0;
    private const byte ControlFinal = 0xC8;
    private const byte XBit = 0x80;

    private T30Frame(FrameType type, bool isFinal, ReadOnlySpan<byte> information)
    {
        Type = type;
        IsFinal = isFinal;
        Information = information;
    }

    /// <summary>The facsimile control field without X.</summary>
    public FrameType Type { get; }

    /// <summary>Whether this is the last frame before the other side may answer.</summary>
    public bool IsFinal { get; }

    /// <summary>The facsimile information field.</summary>
    public ReadOnlySpan<byte> Information { get; }

    /// <summary>Reads a frame; false when it is too short or not of T.30's address and control.</summary>
    public static bool TryParse(ReadOnlySpan<byte> octets, out T30Frame frame)
    {
        frame = default;
        if (octets.Length < 3 || octets[0] != Address || (octets[1] & ~(ControlFinal & ~ControlNonFinal)) != ControlNonFinal) return false;
        frame = new T30Frame(TypeOf(octets[2]), octets[1] == ControlFinal, octets[3..]);
        return true;
    }

    /// <summary>Builds a frame.</summary>
    /// <param name="type">What it says.</param>
    /// <param name="disReceived">The bit X: whether this station is the one that received DIS.</param>
    /// <param name="isFinal">Whether the other side may answer after it.</param>
    /// <param name="information">The facsimile information field.</param>
    public static byte[] Build(FrameType type, bool disReceived, bool isFinal, ReadOnlySpan<byte> information = default)
    {
        var octets = new byte[3 + information.Length];
        octets[0] = Address;
        octets[1] = isFinal ? ControlFinal : ControlNonFinal;
        // T.30 5.3.6.1: X is 1 from the station that received DIS; DIS, CSI and NSF themselves begin with 0000.
        var hasX = ((byte)type & 0x70) != 0;
        octets[2] = (byte)((byte)type | (hasX && disReceived ? XBit : 0));
        information.CopyTo(octets.AsSpan(3));
        return octets;
    }

    // DIS/CSI/NSF and DTC/CIG/NSC differ in the first bit alone; everywhere else that bit is X.
    private static FrameType TypeOf(byte fcf) => (FrameType)((fcf & 0x70) == 0 ? fcf : fcf & ~XBit);
}
