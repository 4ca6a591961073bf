using Faxbot.Server.Plugins.Packages;

namespace Faxbot.Server.Plugins.Processes;

/// <summary>Runs the plugin of a package on this process's own input and output, confined as a gateway confines it: for who verifies a package.</summary>
internal static class PluginRun
{
    private const int BadPackage = 65;

    /// <returns>The plugin's exit code.</returns>
    public static async Task<int> RunAsync(PluginFolders folders)
    {
        var package = PluginPackages.ReadOne(folders.Package, isBuiltIn: false);
        if (package.Manifest is null)
        {
            foreach (var problem in package.Problems) await Console.Error.WriteLineAsync(problem.ToString());
            return BadPackage;
        }

        var start = PluginCommand.For(new PluginWish(package, 0, default, new BackendLimits()), new PluginOptions { Folder = folders.Own }, folders.Own);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = false;
        using var process = await ParentThread.StartAsync(start);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}

/// <summary>The folders of a plugin that is run by itself.</summary>
/// <param name="Package">Its package; absolute.</param>
/// <param name="Own">The folder that it may write to; absolute.</param>
internal sealed record PluginFolders(string Package, string Own);
