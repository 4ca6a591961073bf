using Faxbot.Server.Plugins.Install;
using Faxbot.Server.Plugins.Processes;

namespace Faxbot.Server.Plugins;

/// <summary>Where plugins lie and how they are run.</summary>
internal sealed record PluginOptions
{
    /// <summary>Packages that come with the gateway, a folder each; only read.</summary>
    public string BuiltInFolder { get; init; } = Path.Combine(AppContext.BaseDirectory, "plugins");

    /// <summary>
    /// The gateway's folder for plugins: <c>installed</c> with what it installed, a folder for each version; <c>packages</c> with what was put there by
    /// hand; <c>own</c> with a folder for each plugin's use.
    /// </summary>
    public required string Folder { get; init; }

    /// <summary>The file that says what was installed; null is <c>plugins.lock.json</c> in <see cref="Folder"/>.</summary>
    public string? LockPath { get; init; }

    /// <summary>From where plugins are installed, and what a package may be.</summary>
    public InstallOptions Install { get; init; } = new();

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

    /// <summary>The folder of packages that were put there by hand.</summary>
    public string PackagesFolder => Path.Combine(Folder, "packages");

    /// <summary>The folder of what the gateway installed; nobody else writes to it.</summary>
    public string InstalledFolder => Path.Combine(Folder, "installed");

    /// <summary>The folder in which packages are put together before anybody sees them; on the same disk.</summary>
    public string StagingFolder => Path.Combine(Folder, "staging");

    /// <summary>The file that says what was installed.</summary>
    public string LockFile => LockPath ?? Path.Combine(Folder, "plugins.lock.json");

    /// <summary>The files of one installed version.</summary>
    public string InstalledVersionFolder(string pluginId, string version) => Path.Combine(InstalledFolder, pluginId, version);

    /// <summary>Where the folders for plugins' own use lie.</summary>
    public string OwnFolders => Path.Combine(Folder, "own");

    /// <summary>A plugin's own folder.</summary>
    public string OwnFolder(string pluginId) => Path.Combine(OwnFolders, pluginId);

    /// <summary>Where a plugin's webhooks are taken.</summary>
    public Uri? WebhookAddress(string pluginId) => PublicAddress is null ? null : new Uri(PublicAddress, $"webhooks/{pluginId}");
}
