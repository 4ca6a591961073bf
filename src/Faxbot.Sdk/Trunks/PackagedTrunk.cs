using System.Text.Json;
using Faxbot.Sdk.Context;
using Faxbot.Sdk.Plugins;

namespace Faxbot.Sdk.Trunks;

/// <summary>
/// What every plugin for a SIP trunk does with it, whatever it carries: makes the profile from the settings by a template of the package, and looks at it.
/// </summary>
/// <param name="context">The plugin's context, asked for with each call.</param>
/// <param name="templateFor">The template for some settings.</param>
internal sealed class PackagedTrunk(Func<PluginContext> context, Func<JsonElement, TrunkTemplate> templateFor)
{
    private const string Folder = "trunks", ProviderSetting = "provider", Plain = "other";
    private TrunkProfile? _profile;

    /// <summary>The trunk.</summary>
    /// <exception cref="PluginException">The settings do not make one.</exception>
    // New settings come with a new process.
    public TrunkProfile Profile => _profile ??= templateFor(context().Settings).Fill(context().Settings, out var problems) ?? throw Refused(problems);

    /// <summary>What is wrong with settings.</summary>
    public IReadOnlyList<ConfigProblem> Check(JsonElement settings)
    {
        templateFor(settings).Fill(settings, out var problems);
        return problems;
    }

    /// <summary>Reads a template of the package.</summary>
    /// <param name="name">Its path within the package.</param>
    public TrunkTemplate Read(string name) => TrunkTemplate.Parse(File.ReadAllText(Path.Combine(context().Package, name)));

    /// <summary>The package's <c>trunk.json</c>; where it has templates of several providers, the one in <c>trunks/</c> that the setting <c>provider</c> names.</summary>
    public TrunkTemplate ReadFor(JsonElement settings)
    {
        var folder = Path.Combine(context().Package, Folder);
        if (!Directory.Exists(folder)) return Read(TrunkTemplate.FileName);
        var provider = settings.TryGetProperty(ProviderSetting, out var named) ? named.GetString() : Plain;
        // Only what is listed there is read, so that a setting cannot lead elsewhere.
        var file = Directory.EnumerateFiles(folder, "*.json").FirstOrDefault(file => Path.GetFileNameWithoutExtension(file) == provider)
            ?? throw new PluginException($"The package has no template for the provider \"{provider}\".");
        return Read(file);
    }

    private static PluginException Refused(IReadOnlyList<ConfigProblem> problems) =>
        new(string.Join(' ', problems.Select(problem => $"{problem.Path}: {problem.Message}")));
}
