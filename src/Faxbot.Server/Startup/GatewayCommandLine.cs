using System.Diagnostics.CodeAnalysis;
using Faxbot.Server.Plugins.Processes;

namespace Faxbot.Server.Startup;

/// <summary>What the gateway's program is asked for.</summary>
/// <param name="Task">What to do.</param>
/// <param name="ConfigFile">The file that <c>--config</c> names.</param>
/// <param name="Plugin">The plugin to run.</param>
internal sealed record GatewayCommandLine(GatewayTask Task, string? ConfigFile, PluginFolders? Plugin = null)
{
    public const string Usage = "Faxbot.Server [--config FILE] [config check | config sample | plugin run PACKAGE OWN_FOLDER]";

    public static bool TryParse(IReadOnlyList<string> words, [NotNullWhen(true)] out GatewayCommandLine? line)
    {
        var (rest, file) = (new List<string>(words), (string?)null);
        var at = rest.IndexOf("--config");
        if (at >= 0 && at + 1 < rest.Count)
        {
            file = rest[at + 1];
            rest.RemoveRange(at, 2);
        }

        line = rest switch
        {
            [] => new GatewayCommandLine(GatewayTask.Run, file),
            ["config", "check"] => new GatewayCommandLine(GatewayTask.CheckConfiguration, file),
            ["config", "sample"] => new GatewayCommandLine(GatewayTask.WriteSample, file),
            ["plugin", "run", var package, var own] => new GatewayCommandLine(GatewayTask.RunPlugin, file, new PluginFolders(Path.GetFullPath(package), Path.GetFullPath(own))),
            _ => null,
        };
        return line is not null;
    }
}

/// <summary>What the gateway's program can do.</summary>
internal enum GatewayTask
{
    Run,
    CheckConfiguration,
    WriteSample,
    /// <summary>Run one plugin in its sandbox, without a gateway.</summary>
    RunPlugin,
}
