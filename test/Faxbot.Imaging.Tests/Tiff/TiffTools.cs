using Faxbot.Testing;
using Faxbot.Testing.Processes;

namespace Faxbot.Imaging.Tests.Tiff;

/// <summary>libtiff's own programs (Debian package libtiff-tools), which must have nothing to say on standard error.</summary>
internal static class TiffTools
{
    public static async Task<string> RunAsync(string tool, params string[] arguments)
    {
        await DebianPackages.EnsureAsync("libtiff-tools");
        var result = await ProcessRunner.RunSuccessfullyAsync(tool, arguments);
        Assert.Equal("", result.Error);
        return result.Output;
    }

    /// <summary>What tiffcp makes of <paramref name="file"/>.</summary>
    public static async Task<byte[]> CopyAsync(byte[] file, params string[] options)
    {
        using var folder = new TempFolder();
        await File.WriteAllBytesAsync(folder.Of("in.tif"), file);
        await RunAsync("tiffcp", [.. options, folder.Of("in.tif"), folder.Of("out.tif")]);
        return await File.ReadAllBytesAsync(folder.Of("out.tif"));
    }
}
