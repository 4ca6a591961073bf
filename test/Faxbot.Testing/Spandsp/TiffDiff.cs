using System.Text.Json;
using Faxbot.Testing.Processes;

namespace Faxbot.Testing.Spandsp;

/// <summary>Compares the pixels of two bi-level TIFF files page by page, read by libtiff.</summary>
public static class TiffDiff
{
    /// <summary>Null when page count, sizes and every pixel agree; else what differs, in the program's JSON.</summary>
    /// <exception cref="InvalidOperationException">One cannot be read.</exception>
    public static async Task<string?> FindDifferenceAsync(string first, string second)
    {
        var result = await ProcessRunner.RunAsync(await SpandspBuild.ProgramAsync("tiffdiff"), [first, second]);
        if (result.ExitCode > 1) result.EnsureSuccess();
        using var said = JsonDocument.Parse(result.Output);
        return said.RootElement.GetProperty("identical").GetBoolean() ? null : $"{first} and {second} differ: {result.Output.Trim()}";
    }
}
