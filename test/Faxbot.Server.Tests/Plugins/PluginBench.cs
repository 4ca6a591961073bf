using System.Text.Json.Nodes;
using Faxbot.Sdk.Context;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Numbers;
using Faxbot.Server.Plugins;
using Faxbot.Server.Plugins.Install;
using Faxbot.Server.Plugins.Packages;
using Faxbot.Server.Plugins.Processes;
using Faxbot.Server.Plugins.Settings;
using Faxbot.Server.Storage;
using Faxbot.Testing;

namespace Faxbot.Server.Tests.Plugins;

/// <summary>A fleet with packages, settings and processes of one test's own.</summary>
internal sealed class PluginBench : IAsyncDisposable
{
    public const string PluginId = "faxbot-test";

    /// <summary>Where nothing is to run out, however slow the machine is.</summary>
    public static readonly PluginTimes Patient = new()
    {
        Start = TimeSpan.FromMinutes(2), Call = TimeSpan.FromMinutes(2), Health = TimeSpan.FromMinutes(1), Stop = TimeSpan.FromSeconds(30),
        FirstPause = TimeSpan.FromMilliseconds(10), LongestPause = TimeSpan.FromMilliseconds(100),
    };

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly TempFolder _folder = new();
    private readonly Database _database;
    private readonly PluginPackages _packages;
    private readonly PackageFeeds _feeds;

    private PluginBench(PluginTimes times, PluginLimits limits, bool wantsSandbox, InstallOptions install)
    {
        Options = new PluginOptions
        {
            BuiltInFolder = _folder.Of("built-in"), Folder = _folder.Of("plugins"), PublicAddress = new Uri("https://gateway.example.com/"), Times = times, Limits = limits,
            WantsSandbox = wantsSandbox, Install = install with { Sources = [FeedFolder, .. install.Sources] },
        };
        _database = new Database(new DatabaseOptions { Sqlite = _folder.Of("faxbot.db") });
        _packages = new PluginPackages(Options);
        var settings = new PluginSettings(_database, new XorSeal());
        var configs = new PluginConfigs(_packages, settings, Options, TimeProvider.System);
        var launcher = new PluginLauncher(Options, Services, Log.For<PluginLauncher>(), TimeProvider.System);
        Fleet = new PluginFleet(_packages, settings, configs, launcher, Options, Log.For<PluginFleet>(), TimeProvider.System);
        Directory.CreateDirectory(FeedFolder);
        _feeds = new PackageFeeds(Options);
        Installer = new PluginInstaller(Options, Fleet, _feeds, Log.For<PluginInstaller>(), TimeProvider.System);
        Registry = new PluginRegistry(Fleet, _feeds);
    }

    public PluginOptions Options { get; }

    public PluginFleet Fleet { get; }

    public PluginInstaller Installer { get; }

    public PluginRegistry Registry { get; }

    /// <summary>A folder of packages that plugins may be installed from.</summary>
    public string FeedFolder => _folder.Of("feed");

    public RecordingServices Services { get; } = new();

    public CapturedLog Log { get; } = new();

    public static FaxRequest Fax { get; } = new()
    {
        JobId = "job", AttemptId = "attempt", To = new PhoneNumber("+15550100"), Document = new DocumentHandle("document", "application/pdf", 3),
    };

    /// <summary>The folder of the built test plugin.</summary>
    public static string TestPlugin => RepositoryRoot.Of("test", "Faxbot.TestPlugin", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A fleet in which the test plugin is installed.</summary>
    public static async Task<PluginBench> OpenAsync(PluginTimes? times = null, PluginLimits? limits = null, bool wantsSandbox = true, InstallOptions? install = null)
    {
        var bench = new PluginBench(times ?? Patient, limits ?? new PluginLimits(), wantsSandbox, install ?? new InstallOptions());
        await bench._database.MigrateAsync(Cancel);
        bench.Install(TestPlugin, PluginId);
        await bench.Fleet.RescanAsync(Cancel);
        return bench;
    }

    /// <summary>A fleet in which the test plugin runs and behaves so.</summary>
    public static async Task<PluginBench> RunAsync(string behaviour, PluginTimes? times = null, PluginLimits? limits = null)
    {
        var bench = await OpenAsync(times, limits);
        await bench.EnableAsync(behaviour);
        await bench.WhenAsync(status => status.IsHealthy);
        return bench;
    }

    /// <summary>Puts the files of a folder into the packages folder.</summary>
    public void Install(string source, string name, Func<string, string>? manifest = null)
    {
        var target = Path.Combine(Options.PackagesFolder, name);
        Directory.CreateDirectory(target);
        foreach (var file in Directory.EnumerateFiles(source)) File.Copy(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
        if (manifest is null) return;
        var path = Path.Combine(target, "manifest.json");
        File.WriteAllText(path, manifest(File.ReadAllText(path)));
    }

    /// <summary>Changes the manifest of an installed package.</summary>
    public void Edit(string old, string replacement)
    {
        var path = Path.Combine(Options.PackagesFolder, PluginId, "manifest.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace(old, replacement, StringComparison.Ordinal));
    }

    public Task<PluginConfigAnswer> EnableAsync(string behaviour) => PutAsync(new JsonObject { ["behaviour"] = behaviour, ["api_key"] = "s3cret" });

    public async Task<PluginConfigAnswer> PutAsync(JsonObject settings, bool enabled = true, string id = PluginId)
    {
        var now = await Fleet.GetConfigAsync(id, Cancel);
        return await Fleet.PutConfigAsync(id, new PluginConfigChange(enabled, settings, new BackendLimits(2, 0.5), now!.Revision, "key"), Cancel);
    }

    /// <summary>Waits for a status; what the log says is told when it does not come.</summary>
    public async Task<PluginStatus> WhenAsync(Func<PluginStatus, bool> test, string id = PluginId)
    {
        try
        {
            return await Fleet.WhenAsync(id, test, Cancel).WaitAsync(Longest, Cancel);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The status did not come; the last is {Fleet.List().Single(one => one.Id == id).Status}.\n{string.Join('\n', Log.Lines)}");
        }
    }

    public IFaxBackend Backend(string id = PluginId) => Fleet.Find(id) ?? throw new InvalidOperationException($"{id} is not enabled.");

    /// <summary>Sends, and gives the failure that comes of it.</summary>
    public Task<PluginFailureException> SendAndFailAsync() => Assert.ThrowsAsync<PluginFailureException>(() => Backend().SendFaxAsync(Fax, Cancel));

    public async ValueTask DisposeAsync()
    {
        await Installer.DisposeAsync();
        await Fleet.DisposeAsync();
        _feeds.Dispose();
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Enough to see that what is stored is not what was given.</summary>
    internal sealed class XorSeal : ISettingsSeal
    {
        public byte[] Seal(ReadOnlySpan<byte> plain) => Array.ConvertAll(plain.ToArray(), octet => (byte)(octet ^ 0x5A));

        public byte[] Open(ReadOnlySpan<byte> sealedOctets) => Seal(sealedOctets);
    }
}
