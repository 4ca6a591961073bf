using Faxbot.Lines.Embedded.Media;
using Faxbot.Lines.Recordings;

namespace Faxbot.Lines.Tests.Recordings;

public sealed class WavFileTests
{
    private const ushort Pcm = 1, Float = 3, ALaw = 6, MuLaw = 7, Extensible = 0xFFFE;

    private static readonly short[] Three = [1, -2, 3];

    public static TheoryData<string, byte[]> Readable => new()
    {
        { "linear", WavBytes.Linear(8000, Three) },
        { "chunks beside it, of odd length too", WavBytes.File(WavBytes.Chunk("LIST", [1, 2, 3]), WavBytes.Format(Pcm, 1, 8000, 16), WavBytes.Chunk("fact", new byte[4]), WavBytes.Chunk("data", WavBytes.Octets(Three)), WavBytes.Chunk("id3 ", [1])) },
        { "an extensible format", WavBytes.File(WavBytes.Format(Extensible, 1, 8000, 16, [22, 0, 16, 0, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 16, 0, 128, 0, 0, 170, 0, 56, 155, 113]), WavBytes.Chunk("data", WavBytes.Octets(Three))) },
        { "a length that the recorder never wrote", [.. WavBytes.File(WavBytes.Format(Pcm, 1, 8000, 16)), .. "data"u8, 255, 255, 255, 255, .. WavBytes.Octets(Three)] },
        { "half a sample too many", [.. WavBytes.File(WavBytes.Format(Pcm, 1, 8000, 16)), .. "data"u8, 7, 0, 0, 0, .. WavBytes.Octets(Three), 9] },
    };

    public static TheoryData<WavError, byte[]> Unreadable => new()
    {
        { WavError.NotWav, [] },
        { WavError.NotWav, [.. "RIFF"u8, 0, 0, 0, 0, .. "AVI "u8] },
        { WavError.NotWav, [.. "ID3"u8, .. new byte[60]] },
        { WavError.Truncated, WavBytes.File(WavBytes.Chunk("fmt ", new byte[15])) },
        { WavError.NoFormat, WavBytes.File() },
        { WavError.NoFormat, WavBytes.File(WavBytes.Chunk("data", WavBytes.Octets(Three)), WavBytes.Format(Pcm, 1, 8000, 16)) },
        { WavError.Coding, WavBytes.File(WavBytes.Format(Float, 1, 8000, 32), WavBytes.Chunk("data", new byte[8])) },
        { WavError.Coding, WavBytes.File(WavBytes.Format(Extensible, 1, 8000, 16), WavBytes.Chunk("data", new byte[8])) },
        { WavError.Channels, WavBytes.File(WavBytes.Format(Pcm, 2, 8000, 16), WavBytes.Chunk("data", new byte[8])) },
        { WavError.Channels, WavBytes.File(WavBytes.Format(Pcm, 0, 8000, 16), WavBytes.Chunk("data", new byte[8])) },
        { WavError.Bits, WavBytes.File(WavBytes.Format(Pcm, 1, 8000, 8), WavBytes.Chunk("data", new byte[8])) },
        { WavError.Bits, WavBytes.File(WavBytes.Format(ALaw, 1, 8000, 16), WavBytes.Chunk("data", new byte[8])) },
        { WavError.SampleRate, WavBytes.File(WavBytes.Format(Pcm, 1, 44_100, 16), WavBytes.Chunk("data", new byte[8])) },
        { WavError.SampleRate, WavBytes.File(WavBytes.Format(MuLaw, 1, 16_000, 8), WavBytes.Chunk("data", new byte[8])) },
        { WavError.Empty, WavBytes.File(WavBytes.Format(Pcm, 1, 8000, 16)) },
        { WavError.Empty, WavBytes.File(WavBytes.Format(Pcm, 1, 8000, 16), WavBytes.Chunk("data", [1])) },
        { WavError.TooLong, WavBytes.Linear(8000, new short[8000 * 600 + 1]) },
        { WavError.TooLong, new byte[WavFile.MostOctets + 1] },
    };

    [Theory]
    [MemberData(nameof(Readable))]
    public void Samples_are_read_whatever_stands_beside_them(string what, byte[] file)
    {
        Assert.NotEmpty(what);
        Assert.Equal(WavError.None, WavFile.TryRead(file, out var recording));
        Assert.Equal(Three, Enumerable.Range(0, 3).Select(sample => recording![sample]));
        Assert.Equal(TimeSpan.FromSeconds(3.0 / 8000), recording!.Length);
        Assert.Equal((0, 0), ((int)recording[-1], (int)recording[3]));
    }

    [Theory]
    [MemberData(nameof(Unreadable))]
    public void What_cannot_be_played_is_named_and_how_to_mend_it(WavError expected, byte[] file)
    {
        Assert.Equal(expected, WavFile.TryRead(file, out var recording));
        Assert.Null(recording);
        Assert.EndsWith(expected is WavError.Truncated ? "upload all of it." : expected is WavError.Empty ? "in the file." : expected is WavError.TooLong ? "minutes long." : "OUTPUT.wav", expected.Explain(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ALaw)]
    [InlineData(MuLaw)]
    public void Octets_of_G711_come_back_as_they_were(int tag)
    {
        var octets = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();
        Assert.Equal(WavError.None, WavFile.TryRead(WavBytes.File(WavBytes.Format((ushort)tag, 1, 8000, 8), WavBytes.Chunk("data", octets)), out var recording));

        // Mu-law has two octets for silence.
        Assert.All(octets.Where(octet => tag == ALaw || octet != 0x7F), octet => Assert.Equal(octet, tag == ALaw ? G711.ALaw(recording![octet]) : G711.MuLaw(recording![octet])));
    }

    [Theory]
    [InlineData(1000, 0.98, 1.02)]
    [InlineData(3000, 0.9, 1.02)]
    [InlineData(5000, 0, 0.01)]
    [InlineData(7000, 0, 0.01)]
    public void Of_16_kHz_what_telephony_carries_is_kept_and_the_rest_does_not_fold_back(int frequency, double least, double most)
    {
        Assert.Equal(WavError.None, WavFile.TryRead(WavBytes.Linear(16_000, WavBytes.Sine(16_000, frequency, 0.5)), out var recording));

        Assert.Equal(TimeSpan.FromSeconds(0.5), recording!.Length);
        // Without the edges, where the filter meets silence.
        var energy = Enumerable.Range(100, 3800).Average(i => (double)recording[i] * recording[i]);
        Assert.InRange(Math.Sqrt(energy) / (8000 / Math.Sqrt(2)), least, most);
    }

    [Fact]
    public void Any_cut_of_a_file_is_read_or_named()
    {
        var file = WavBytes.File(WavBytes.Chunk("LIST", [1, 2, 3]), WavBytes.Format(Pcm, 1, 8000, 16), WavBytes.Chunk("data", WavBytes.Octets(Three)));

        Assert.All(Enumerable.Range(0, file.Length), length => Assert.Equal(WavFile.TryRead(file.AsSpan(0, length), out var recording) == WavError.None, recording is not null));
    }
}
