using System.Text.Json;
using Faxbot.Sdk.Plugins;

namespace Faxbot.Sdk.Trunks;

/// <summary>The trunk that a package's template and its settings make, whatever it carries.</summary>
internal static class TrunkOfPackage
{
    /// <summary>Reads a template.</summary>
    public static TrunkTemplate Read(string package, string name) => TrunkTemplate.Parse(File.ReadAllText(Path.Combine(package, name)));

    /// <summary>Fills a template.</summary>
    /// <exception cref="PluginException">The settings do not make a trunk.</exception>
    public static TrunkProfile Make(TrunkTemplate template, JsonElement settings) =>
        template.Fill(settings, out var problems) ?? throw new PluginException(string.Join(' ', problems.Select(problem => $"{problem.Path}: {problem.Message}")));
}
