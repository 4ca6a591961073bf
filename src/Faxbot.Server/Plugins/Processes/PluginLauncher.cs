using Faxbot.Sdk.Manifests;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Wire;

namespace Faxbot.Server.Plugins.Processes;

/// <summary>Starts plugins until they could work. Thread-safe.</summary>
internal sealed class PluginLauncher(PluginOptions options, IPluginServices services, ILogger<PluginLauncher> logger, TimeProvider time)
{
    private int _hasWarned;

    /// <summary>Starts a process, agrees with it on the contract, has the settings looked at, and starts the plugin in it.</summary>
    /// <exception cref="PluginRefusedException">It cannot run as it is.</exception>
    /// <exception cref="PluginFailureException">It failed on the way.</exception>
    public async Task<PluginProcess> LaunchAsync(PluginWish wish, CancellationToken cancel)
    {
        var manifest = wish.Manifest;
        if (manifest.Sdk is { } range && !SpokenContract.IsSpokenBy(range)) throw new PluginRefusedException(SpokenContract.Refusal(range));
        if (wish.Package.FindAlteration() is { } alteration) throw new PluginRefusedException(alteration);
        if (!options.RunsInSandbox && Interlocked.Exchange(ref _hasWarned, 1) == 0) PluginEvents.NoSandbox(logger);
        var process = await PluginProcess.StartAsync(wish, options, services, logger, time);
        try
        {
            await AgreeAsync(process, wish, cancel);
            await ValidateAsync(process, wish, cancel);
            await process.CallAsync(WireMethods.Start, null, options.Times.Start, cancel);
            return process;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    private async Task AgreeAsync(PluginProcess process, PluginWish wish, CancellationToken cancel)
    {
        var request = new InitializeRequest
        {
            Contract = SpokenContract.Range,
            PluginId = wish.Package.Id,
            Settings = wish.Settings,
            Folder = options.OwnFolder(wish.Package.Id),
            WebhookAddress = options.WebhookAddress(wish.Package.Id),
            Limits = new WireLimits(options.Limits.Message, options.Times.Call, options.Limits.CallsAtOnce),
        };
        var result = await process.CallAsync<InitializeResult>(WireMethods.Initialize, request.ToParameters(), options.Times.Start, cancel);
        if (!SpokenContract.Range.Holds(result.Contract)) throw new PluginRefusedException(SpokenContract.Refusal(new ContractRange(result.Contract, result.Contract)));
        var missing = wish.Manifest.Capabilities.Except(result.Capabilities).Select(name => $"it declares {name} and does not implement it");
        var extra = result.Capabilities.Except(wish.Manifest.Capabilities).Select(name => $"it implements {name} and does not declare it");
        var differences = missing.Concat(extra).ToArray();
        if (differences.Length > 0) throw new PluginRefusedException($"The manifest and the program of {wish.Package.Id} do not agree: {string.Join("; ", differences)}.");
    }

    private async Task ValidateAsync(PluginProcess process, PluginWish wish, CancellationToken cancel)
    {
        var problems = await process.CallAsync<IReadOnlyList<ConfigProblem>>(WireMethods.ValidateConfig, new() { ["settings"] = wish.Settings }, options.Times.Start, cancel);
        if (problems.Count > 0) throw new PluginRefusedException(string.Join(' ', problems.Select(problem => PluginWords.Fit($"{problem.Path}: {problem.Message}"))));
    }
}
