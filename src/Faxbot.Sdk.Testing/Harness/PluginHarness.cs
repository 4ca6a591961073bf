using System.Diagnostics;
using System.Text.Json;
using Faxbot.Sdk.Context;
using Faxbot.Sdk.Manifests;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Testing.Providers;

namespace Faxbot.Sdk.Testing.Harness;

/// <summary>
/// What stands around a plugin in a test in place of the gateway: documents, lines over the product's own SIP and T.38, jobs, HTTP that ends in a
/// <see cref="FakeProvider"/>, a log that can be read, a clock. The plugin runs in the test's process.
/// </summary>
public sealed class PluginHarness : IAsyncDisposable
{
    private readonly TraceCapture _trace;
    private readonly HttpClient _http;

    private PluginHarness(PluginHarnessOptions options, PluginManifest manifest)
    {
        var time = options.Time ?? TimeProvider.System;
        Folder = Directory.CreateTempSubdirectory("faxbot-plugin-").FullName;
        Documents = new HarnessDocuments(Folder);
        Lines = new HarnessLines(options.Carrier?.EndPoint, manifest.Categories, time);
        _http = (options.Provider ?? new FakeProvider()).CreateClient(manifest.AllowedHosts);
        _trace = new TraceCapture(Log);
        Trace.Listeners.Add(_trace);
        Context = new PluginContext
        {
            Manifest = manifest,
            Settings = JsonDocument.Parse(options.Settings).RootElement.Clone(),
            Documents = Documents,
            Lines = Lines,
            Jobs = Jobs,
            Http = _http,
            Logger = Log,
            Time = time,
            Package = Path.GetFullPath(options.PackageFolder),
            Folder = Folder,
            WebhookAddress = options.WebhookAddress,
        };
    }

    /// <summary>What the plugin is given.</summary>
    public PluginContext Context { get; }

    /// <summary>The plugin's own folder.</summary>
    public string Folder { get; }

    /// <summary>What the plugin logged and traced.</summary>
    public PluginLog Log { get; } = new();

    /// <summary>The gateway's documents.</summary>
    public HarnessDocuments Documents { get; }

    /// <summary>The gateway's lines.</summary>
    public HarnessLines Lines { get; }

    /// <summary>The gateway's jobs.</summary>
    public HarnessJobs Jobs { get; } = new();

    /// <summary>Makes what a plugin needs; <see cref="AttachAsync"/> gives it to one.</summary>
    /// <exception cref="ArgumentException">The package has no valid manifest.</exception>
    public static PluginHarness Create(PluginHarnessOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new PluginHarness(options, ReadManifest(options.PackageFolder).Manifest
            ?? throw new ArgumentException($"{options.PackageFolder} has no valid {ManifestValidator.FileName}: {string.Join(' ', ReadManifest(options.PackageFolder).Problems)}", nameof(options)));
    }

    /// <summary>Gives the context to a plugin, lets it check its settings, and starts it, as the gateway does.</summary>
    /// <exception cref="PluginException">It does not take its settings.</exception>
    public async Task<T> AttachAsync<T>(T plugin, CancellationToken cancel = default) where T : Plugin
    {
        ArgumentNullException.ThrowIfNull(plugin);
        plugin.Attach(Context);
        var problems = await plugin.ValidateConfigAsync(Context.Settings, cancel).ConfigureAwait(false);
        if (problems.Count > 0) throw new PluginException(string.Join(' ', problems.Select(problem => $"{problem.Path}: {problem.Message}")));
        await plugin.StartAsync(cancel).ConfigureAwait(false);
        return plugin;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Lines.DisposeAsync().ConfigureAwait(false);
        Trace.Listeners.Remove(_trace);
        _trace.Dispose();
        _http.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>What the manifest of a package comes to.</summary>
    internal static ManifestValidation ReadManifest(string folder)
    {
        var path = Path.Combine(folder, ManifestValidator.FileName);
        return File.Exists(path)
            ? ManifestValidator.Validate(File.ReadAllText(path))
            : new ManifestValidation(null, [new ManifestProblem("$", $"{path} is not there.", "Copy the manifest to the output: <Content Include=\"manifest.json\" CopyToOutputDirectory=\"PreserveNewest\" />.")]);
    }

    private sealed class TraceCapture(PluginLog log) : TraceListener
    {
        public override void Write(string? message) => log.Write($"trace: {message}");

        public override void WriteLine(string? message) => log.Write($"trace: {message}");
    }
}
