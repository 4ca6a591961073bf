using Faxbot.Imaging.Tiff;

namespace Faxbot.Imaging.Tests.Tiff;

/// <summary>Alone at its time: it listens at the console, which all tests share.</summary>
[CollectionDefinition(nameof(ForeignTiffMutationTests), DisableParallelization = true)]
[Collection(nameof(ForeignTiffMutationTests))]
public class ForeignTiffMutationTests
{
    [Fact]
    public void Damaged_files_end_in_an_error_or_a_picture_and_the_console_stays_silent()
    {
        var (draft, _) = ForeignTiffTests.Colour();
        var file = draft.ToArray();
        var options = new ForeignTiffOptions { MaxPixels = 1_000_000 };
        var pictures = 0;
        var error = Console.Error;
        using var console = new StringWriter();
        Console.SetError(console);
        try
        {
            for (var seed = 0; seed < 2000; seed++)
            {
                var mutated = TiffMutations.Mutate(file, new Random(seed));
                if (ForeignTiff.TryOpen(new MemoryStream(mutated), out var document, options) != TiffError.None) continue;
                using (document)
                {
                    for (var i = 0; i < document!.PageCount; i++)
                    {
                        if (document.TryLoad(i, out var raster) == TiffError.None)
                            pictures += raster!.Samples.Length == raster.Width * raster.Height ? 1 : 100_000;
                    }
                }
            }
        }
        finally
        {
            Console.SetError(error);
        }

        Assert.Equal("", console.ToString());
        Assert.InRange(pictures, 50, 1950);
    }
}
