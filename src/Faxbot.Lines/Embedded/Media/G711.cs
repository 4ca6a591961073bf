namespace Faxbot.Lines.Embedded.Media;

/// <summary>G.711 and 16-bit linear samples (ITU-T G.711 tables 1 and 2).</summary>
internal static class G711
{
    /// <summary>A-law octet of a sample, even bits inverted.</summary>
    public static byte ALaw(short sample)
    {
        var sign = sample >= 0 ? 0x80 : 0;
        var magnitude = Math.Min(sample >= 0 ? sample : ~sample, 32_767) >> 4;
        // Thirteen segments: below 32 linear, then exponent and four bits of mantissa.
        var exponent = 0;
        while (magnitude >> exponent > 31) exponent++;
        var code = magnitude < 16 ? magnitude : magnitude < 32 ? 0x10 | (magnitude & 0x0F) : ((exponent + 1) << 4) | ((magnitude >> exponent) & 0x0F);
        return (byte)((sign | code) ^ 0x55);
    }

    /// <summary>Mu-law octet of a sample, all bits inverted.</summary>
    public static byte MuLaw(short sample)
    {
        const int bias = 0x84;
        var sign = sample < 0 ? 0x80 : 0;
        var magnitude = Math.Min(Math.Abs((int)sample), 32_635) + bias;
        var exponent = 31 - System.Numerics.BitOperations.LeadingZeroCount((uint)magnitude) - 7;
        return (byte)~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 0x0F));
    }

    /// <summary>The sample that an A-law octet stands for, in the middle of its step.</summary>
    public static short FromALaw(byte octet)
    {
        var code = octet ^ 0x55;
        var exponent = (code >> 4) & 0x07;
        var magnitude = ((code & 0x0F) << 4) + 8;
        if (exponent > 0) magnitude = (magnitude + 0x100) << (exponent - 1);
        return (short)((code & 0x80) != 0 ? magnitude : -magnitude);
    }

    /// <summary>The sample that a mu-law octet stands for.</summary>
    public static short FromMuLaw(byte octet)
    {
        const int bias = 0x84;
        var code = ~octet;
        var magnitude = ((((code & 0x0F) << 3) + bias) << ((code >> 4) & 0x07)) - bias;
        return (short)((code & 0x80) != 0 ? -magnitude : magnitude);
    }
}
