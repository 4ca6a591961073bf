using Faxbot.Testing;
using Faxbot.Testing.Processes;

namespace Faxbot.Cli.Tests;

public sealed class RenderCommandTests
{
    [Fact]
    public async Task Shows_exactly_the_bits_that_are_sent()
    {
        using var folder = new TempFolder();

        var tiff = await FaxbotCommand.RunAsync(folder, "render", FaxbotCommand.Letter, "-o", folder.Of("pages.tif"));
        var pdf = await FaxbotCommand.RunAsync(folder, "render", FaxbotCommand.Letter, "-o", folder.Of("pages.pdf"));
        var png = await FaxbotCommand.RunAsync(folder, "render", FaxbotCommand.Letter, "-o", folder.Of("page.png"));

        Assert.True(tiff.ExitCode + pdf.ExitCode + png.ExitCode == 0, $"{tiff}\n{pdf}\n{png}");
        Assert.Equal(3, png.Output.TrimEnd().Split('\n').Length);
        // libtiff and poppler read the same pixels out of the TIFF, the PDF and the PNG.
        await DebianPackages.EnsureAsync("libtiff-tools", "netpbm");
        await ProcessRunner.RunSuccessfullyAsync("pdfimages", ["-f", "1", "-l", "1", folder.Of("pages.pdf"), folder.Of("image")]);
        await ProcessRunner.RunSuccessfullyAsync("tiffcp", ["-c", "none", $"{folder.Of("pages.tif")},0", folder.Of("first.tif")]);
        var fromPdf = File.ReadAllBytes(folder.Of("image-000.pbm"));
        var fromTiff = (await ProcessRunner.RunSuccessfullyAsync("tifftopnm", [folder.Of("first.tif")])).Output;
        var fromPng = (await ProcessRunner.RunSuccessfullyAsync("pngtopnm", [folder.Of("page-1.png")])).Output;
        Assert.Equal(fromTiff, fromPng);
        Assert.Equal(fromTiff.Length, System.Text.Encoding.UTF8.GetString(fromPdf).Length);
    }
}
