using CsCheck;
using Faxbot.Imaging.Pages;
using Faxbot.Imaging.T4;

namespace Faxbot.Imaging.Tests.T4;

public class FragmentationTests
{
    private static readonly FaxEncoderOptions[] EncoderOptions =
    [
        new(),
        new() { AlignEol = true, MinimumRowBits = 200 },
        new() { WriteEol = false, AlignRows = true, WriteEofb = false },
    ];

    [Fact]
    public void A_page_split_anywhere_decodes_as_the_whole()
    {
        ForEachSample((coded, coding, width, options) =>
        {
            var whole = Codec.Decode(coded, coding, width, options);
            for (var split = 0; split <= coded.Length; split++)
                Codec.Decode([coded[..split], coded[split..]], coding, width, options).ShouldEqual(whole);
        });
    }

    [Fact]
    public void A_page_octet_by_octet_decodes_as_the_whole()
    {
        ForEachSample((coded, coding, width, options) =>
            Codec.Decode(coded.Select(octet => new[] { octet }), coding, width, options)
                .ShouldEqual(Codec.Decode(coded, coding, width, options)));
    }

    [Fact]
    public void Damaged_data_in_any_pieces_decode_as_the_whole() =>
        Gen.Select(Gen.Int, Gen.Int[1, 40], Gen.OneOf(Codec.All), Gen.Bool).Sample((seed, most, coding, expectEol) =>
        {
            var random = new Random(seed);
            var page = Pictures.Make(200, 30, 1 << random.Next(9), 60, seed);
            var coded = Codec.Encode(page, coding, EncoderOptions[random.Next(EncoderOptions.Length)]);
            Damage.Apply(ref coded, random);
            var options = new FaxDecoderOptions { ExpectEol = expectEol, AlignRows = random.Next(2) == 0 };
            Codec.Decode(Cut(coded, most, random), coding, 200, options).ShouldEqual(Codec.Decode(coded, coding, 200, options));
        }, iter: 5000);

    [Fact]
    public void Random_octets_in_any_pieces_decode_as_the_whole() =>
        Gen.Select(Gen.Byte.Array[0, 400], Gen.Int[1, 9], Gen.OneOf(Codec.All), Gen.Int).Sample((octets, most, coding, seed) =>
            Codec.Decode(Cut(octets, most, new Random(seed)), coding, 100).ShouldEqual(Codec.Decode(octets, coding, 100)), iter: 5000);

    private static IEnumerable<byte[]> Cut(byte[] octets, int most, Random random)
    {
        for (var start = 0; start < octets.Length;)
        {
            var end = Math.Min(octets.Length, start + random.Next(most + 1));
            yield return octets[start..end];
            start = end;
        }
    }

    private static void ForEachSample(Action<byte[], FaxCoding, int, FaxDecoderOptions> test)
    {
        foreach (var meanRun in (int[])[2, 30, 500])
        {
            var page = Pictures.Make(400, 12, meanRun, 60, seed: meanRun);
            foreach (var coding in Codec.All)
                foreach (var options in EncoderOptions)
                    test(Codec.Encode(page, coding, options), coding, 400,
                        new FaxDecoderOptions { ExpectEol = options.WriteEol, AlignRows = options.AlignRows });
        }
    }
}
