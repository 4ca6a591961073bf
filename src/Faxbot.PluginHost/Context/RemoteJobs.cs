using System.Collections.Concurrent;
using Faxbot.PluginHost.Calls;
using Faxbot.Sdk.Context;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Lines;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Wire;

namespace Faxbot.PluginHost.Context;

/// <summary>The gateway's jobs. Reports go out in the background; before the plugin ends they are waited for.</summary>
internal sealed class RemoteJobs(Gateway gateway, StandardErrorLogger log) : IPluginJobs
{
    private readonly ConcurrentDictionary<Task, byte> _reports = new();

    // The gateway bound the call to its attempt when it placed it, so nothing is left to say, but that the call must be one of its own.
    public void Track(string jobId, ILineCall call)
    {
        ArgumentException.ThrowIfNullOrEmpty(jobId);
        if (call is not RemoteCall) throw new ArgumentException("Only a call of Context.Lines can be tracked.", nameof(call));
    }

    public void Report(string attemptId, FaxStatus status)
    {
        ArgumentException.ThrowIfNullOrEmpty(attemptId);
        var report = ReportAsync(attemptId, status);
        _reports.TryAdd(report, 0);
        _ = report.ContinueWith(done => _reports.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Waits until all reports have arrived or failed.</summary>
    public Task DrainAsync() => Task.WhenAll(_reports.Keys);

    private async Task ReportAsync(string attemptId, FaxStatus status)
    {
        try
        {
            await gateway.AskAsync<object?>(WireMethods.JobsReport, new() { ["attempt_id"] = attemptId, ["status"] = status }, CancellationToken.None);
        }
        catch (Exception e) when (e is PluginException or FaxRejectedException or InvalidOperationException)
        {
            log.Failure(WireMethods.JobsReport, e);
        }
    }
}
