using System.Buffers.Binary;
using System.Text;
using Faxbot.Lines.Recordings;

namespace Faxbot.Fuzz.Targets;

/// <summary>Recordings to be played: what is taken is no longer than may be played, and no longer than the file can say.</summary>
internal sealed class WavTarget : IFuzzTarget
{
    public string Name => "wav";

    public IEnumerable<byte[]> Seeds => [Wav(1, 8000, 16), Wav(1, 16_000, 16), Wav(6, 8000, 8), Wav(7, 8000, 8), Wav(0xFFFE, 8000, 16)];

    public IEnumerable<byte[]> Tokens => new[] { "RIFF", "WAVE", "fmt ", "data", "LIST", "\0\0\0\0", "\u0001\0", "\0\u0001" }.Select(Encoding.ASCII.GetBytes)
        .Append([0xFF, 0xFF, 0xFF, 0xFF]).Append([0xFE, 0xFF]);

    public void Run(ReadOnlySpan<byte> input)
    {
        var error = WavFile.TryRead(input, out var recording);
        if ((error == WavError.None) != (recording is not null)) throw new InvalidOperationException($"{error}, and {(recording is null ? "no" : "a")} recording.");
        if (recording is null) return;
        if (recording.Length > Recording.Longest || recording.Length > TimeSpan.FromSeconds((double)input.Length / Recording.SampleRate))
            throw new InvalidOperationException($"{recording.Length} of {input.Length} octets.");
    }

    private static byte[] Wav(ushort coding, uint rate, ushort bits)
    {
        const int FormatOctets = 40, Samples = 64;
        var octets = Samples * bits / 8;
        var file = new byte[12 + 8 + FormatOctets + 8 + octets];
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        "WAVEfmt "u8.CopyTo(file.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(16), FormatOctets);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(20), coding);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(22), 1);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(24), rate);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(34), bits);
        // The sub-format of the extensible form.
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(44), 1);
        "data"u8.CopyTo(file.AsSpan(20 + FormatOctets));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(24 + FormatOctets), octets);
        return file;
    }
}
