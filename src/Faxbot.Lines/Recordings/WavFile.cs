using System.Buffers.Binary;
using Faxbot.Lines.Embedded.Media;

namespace Faxbot.Lines.Recordings;

/// <summary>
/// Reads WAV files (RIFF WAVE) of one channel: 16-bit linear at 8 or 16 kHz, or G.711 at 8 kHz. Chunks that mean nothing for the sound are skipped.
/// </summary>
public static class WavFile
{
    /// <summary>The most octets of a file: the longest recording at 16 kHz, and some room for what stands beside it.</summary>
    public const int MostOctets = 20 << 20;

    private const int RiffHeader = 12, ChunkHeader = 8, FormatOctets = 16, ExtensibleOctets = 40, SubFormatAt = 24;
    private const ushort Pcm = 1, ALaw = 6, MuLaw = 7, Extensible = 0xFFFE;
    private const int WideBand = 16_000;

    /// <summary>Reads a file.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="recording">What it plays; null with an error.</param>
    public static WavError TryRead(ReadOnlySpan<byte> file, out Recording? recording)
    {
        recording = null;
        if (file.Length > MostOctets) return WavError.TooLong;
        if (file.Length < RiffHeader || !file.StartsWith("RIFF"u8) || !file[8..].StartsWith("WAVE"u8)) return WavError.NotWav;
        WavFormat? format = null;
        for (var rest = file[RiffHeader..]; rest.Length >= ChunkHeader;)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            var body = rest[ChunkHeader..];
            // A recorder that was cut off, or writes while it records, leaves a length behind that the file does not have.
            var content = length <= (uint)body.Length ? body[..(int)length] : body;
            if (rest.StartsWith("fmt "u8))
            {
                if (ReadFormat(content) is not { } read) return WavError.Truncated;
                format = read;
            }
            else if (rest.StartsWith("data"u8))
            {
                return format is null ? WavError.NoFormat : ReadSamples(format.Value, content, out recording);
            }

            // Chunks begin at even places.
            var next = (long)content.Length + (content.Length & 1);
            rest = next < body.Length ? body[(int)next..] : [];
        }

        return format is null ? WavError.NoFormat : WavError.Empty;
    }

    private static WavFormat? ReadFormat(ReadOnlySpan<byte> chunk)
    {
        if (chunk.Length < FormatOctets) return null;
        var tag = BinaryPrimitives.ReadUInt16LittleEndian(chunk);
        // WAVEFORMATEXTENSIBLE: the sub-format begins with the tag of old.
        if (tag == Extensible && chunk.Length >= ExtensibleOctets) tag = BinaryPrimitives.ReadUInt16LittleEndian(chunk[SubFormatAt..]);
        return new WavFormat(tag, BinaryPrimitives.ReadUInt16LittleEndian(chunk[2..]), BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]), BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]));
    }

    private static WavError ReadSamples(WavFormat format, ReadOnlySpan<byte> data, out Recording? recording)
    {
        recording = null;
        if (Check(format) is var error and not WavError.None) return error;
        var count = data.Length / (format.Bits / 8);
        if (count == 0) return WavError.Empty;
        if (count > (long)(Recording.Longest.TotalSeconds * format.SampleRate)) return WavError.TooLong;
        var samples = new short[count];
        for (var i = 0; i < count; i++)
        {
            samples[i] = format.Tag switch
            {
                ALaw => G711.FromALaw(data[i]),
                MuLaw => G711.FromMuLaw(data[i]),
                _ => BinaryPrimitives.ReadInt16LittleEndian(data[(2 * i)..]),
            };
        }

        recording = new Recording(format.SampleRate == WideBand ? HalfBand.Decimate(samples) : samples);
        return WavError.None;
    }

    private static WavError Check(WavFormat format) => format switch
    {
        { Tag: not (Pcm or ALaw or MuLaw) } => WavError.Coding,
        { Channels: not 1 } => WavError.Channels,
        { Tag: Pcm, Bits: not 16 } or { Tag: not Pcm, Bits: not 8 } => WavError.Bits,
        { SampleRate: Recording.SampleRate } or { Tag: Pcm, SampleRate: WideBand } => WavError.None,
        _ => WavError.SampleRate,
    };

    private readonly record struct WavFormat(ushort Tag, ushort Channels, uint SampleRate, ushort Bits);
}
