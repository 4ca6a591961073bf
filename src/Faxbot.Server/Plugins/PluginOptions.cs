using Faxbot.Server.Plugins.Processes;

namespace Faxbot.Server.Plugins;

/// <summary>Where plugins lie and how they are run.</summary>
internal sealed record PluginOptions
{
    /// <summary>Packages that come with the gateway, a folder each; only read.</summary>
    public string BuiltInFolder { get; init; } = Path.Combine(AppContext.BaseDirectory, "plugins");

    /// <summary>The gateway's folder for plugins: <c>packages</c> with what was installed, and <c>own</c> with a folder for each plugin's use.</summary>
    public required string Folder { get; init; }

    /// <summary>The program that runs .NET packages.</summary>
    public string HostPath { get; init; } = Path.Combine(AppContext.BaseDirectory, "plugin-host", "Faxbot.PluginHost.dll");

    /// <summary>What the addresses for webhooks begin with; null without a public address.</summary>
    public Uri? PublicAddress { get; init; }

    /// <summary>Plugins that are enabled while nobody has said anything about them.</summary>
    public IReadOnlyList<string> EnabledAtFirst { get; init; } = [];

    public PluginTimes Times { get; init; } = new();

    public PluginLimits Limits { get; init; } = new();

    /// <summary>Whether a sandbox is wanted around each plugin.</summary>
    public bool WantsSandbox { get; init; } = true;

    /// <summary>Whether each plugin gets one: this machine must permit it as well.</summary>
    public bool RunsInSandbox => WantsSandbox && PluginSandbox.IsPermitted;

    /// <summary>The folder of what was installed.</summary>
    public string PackagesFolder => Path.Combine(Folder, "packages");

    /// <summary>Where the folders for plugins' own use lie.</summary>
    public string OwnFolders => Path.Combine(Folder, "own");

    /// <summary>A plugin's own folder.</summary>
    public string OwnFolder(string pluginId) => Path.Combine(OwnFolders, pluginId);

    /// <summary>Where a plugin's webhooks are taken.</summary>
    public Uri? WebhookAddress(string pluginId) => PublicAddress is null ? null : new Uri(PublicAddress, $"webhooks/{pluginId}");
}
