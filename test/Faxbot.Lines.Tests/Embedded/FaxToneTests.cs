using Faxbot.Lines.Embedded.Media;

namespace Faxbot.Lines.Tests.Embedded;

/// <summary>The tones of T.30 clause 4 and their G.711 octets.</summary>
public sealed class FaxToneTests
{
    [Fact]
    public void CNG_is_half_a_second_of_1100_Hz_and_three_of_silence_4_2()
    {
        for (var cycle = 0; cycle < 3; cycle++)
        {
            var start = cycle * FaxTone.SampleRate * 7 / 2;
            Assert.InRange(Power(FaxTone.Cng, start, 4000, 1100), 0.99, 1.01);
            Assert.Equal(0, Energy(FaxTone.Cng, start + 4000, 24_000));
        }
    }

    [Fact]
    public void CED_is_2100_Hz_for_2_6_to_4_seconds_after_a_pause_4_1()
    {
        Assert.Equal(0, Energy(FaxTone.Ced, 0, 1600));
        Assert.InRange(Power(FaxTone.Ced, 1600, 24_000, 2100), 0.99, 1.01);
        Assert.Equal(0, Energy(FaxTone.Ced, 1600 + 24_000, 8000));
        Assert.InRange(FaxTone.CedLength.TotalSeconds, 2.6, 4.0);
    }

    // ITU-T G.711 tables 1a to 2b: zero, the ends, and a value in the middle of the range.
    [Theory]
    [InlineData(0, 0xD5, 0xFF)]
    [InlineData(32_767, 0xAA, 0x80)]
    [InlineData(-32_768, 0x2A, 0x00)]
    [InlineData(1000, 0xFA, 0xCE)]
    [InlineData(-1000, 0x7A, 0x4E)]
    public void Samples_become_the_octets_of_G_711(short sample, byte aLaw, byte muLaw) =>
        Assert.Equal((aLaw, muLaw), (G711.ALaw(sample), G711.MuLaw(sample)));

    // The share of the energy that lies at one frequency; 1 for a pure tone.
    private static double Power(Func<long, short> tone, int start, int count, int frequency)
    {
        double real = 0, imaginary = 0;
        for (var i = start; i < start + count; i++)
        {
            var angle = 2 * Math.PI * frequency * i / FaxTone.SampleRate;
            real += tone(i) * Math.Cos(angle);
            imaginary += tone(i) * Math.Sin(angle);
        }

        return 2 * ((real * real) + (imaginary * imaginary)) / (count * Energy(tone, start, count));
    }

    private static double Energy(Func<long, short> tone, int start, int count) =>
        Enumerable.Range(start, count).Sum(i => (double)tone(i) * tone(i));
}
