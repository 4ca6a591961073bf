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
}
