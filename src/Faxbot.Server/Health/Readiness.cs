using Faxbot.Sdk.Plugins;
using Faxbot.Server.Plugins;

namespace Faxbot.Server.Health;

/// <summary>
/// Whether the gateway could do its work now: looks at all that it needs. What was found is kept for a moment, so that who asks often costs nothing.
/// Thread-safe.
/// </summary>
internal sealed class Readiness(IEnumerable<IReadinessCheck> checks, IFaxBackends backends, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan LongestCheck = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(2);
    private readonly SemaphoreSlim _looking = new(1);
    private ReadinessReport? _last;
    private DateTimeOffset _lookedAt;

    public async Task<ReadinessReport> LookAsync(CancellationToken cancel)
    {
        await _looking.WaitAsync(cancel);
        try
        {
            if (_last is not null && time.GetUtcNow() - _lookedAt < Kept) return _last;
            _last = await ReportAsync(cancel);
            _lookedAt = time.GetUtcNow();
            return _last;
        }
        finally
        {
            _looking.Release();
        }
    }

    public void Dispose() => _looking.Dispose();

    private async Task<ReadinessReport> ReportAsync(CancellationToken cancel)
    {
        var found = (await Task.WhenAll(checks.Select(check => CheckAsync(check, cancel)))).ToList();
        var enabled = backends.All;
        if (enabled.Count == 0) found.Add(("plugins", CheckResult.Failed("No plugin that sends faxes is enabled.")));
        found.AddRange(enabled.Select(plugin => ($"plugin:{plugin.Pin.PluginId}", plugin.IsReady ? CheckResult.Passed : CheckResult.Failed("It does not run, or says that it cannot work."))));
        var isReady = found.All(check => check.Item2.Ok);
        return new ReadinessReport
        {
            Status = isReady ? ReadinessReport.Ready : ReadinessReport.NotReady,
            Backend = string.Join(',', enabled.Select(plugin => plugin.Pin.PluginId)),
            Checks = found.ToDictionary(check => check.Item1, check => check.Item2.Ok),
            Warnings = [.. found.SelectMany(check => check.Item2.Problems.Select(problem => $"{check.Item1}: {problem}"))],
        };
    }

    private async Task<(string, CheckResult)> CheckAsync(IReadinessCheck check, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(LongestCheck, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            return (check.Name, await check.CheckAsync(either.Token).WaitAsync(either.Token));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (check.Name, CheckResult.Failed("It does not answer."));
        }
    }
}

/// <summary>What was found.</summary>
internal sealed record ReadinessReport
{
    public const string Ready = "ready";
    public const string NotReady = "not_ready";

    public required string Status { get; init; }

    /// <summary>The enabled plugins that send faxes.</summary>
    public required string Backend { get; init; }

    /// <summary>What was looked at, and whether it works.</summary>
    public required IReadOnlyDictionary<string, bool> Checks { get; init; }

    /// <summary>What stands in the way, each with the name of its check.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}
