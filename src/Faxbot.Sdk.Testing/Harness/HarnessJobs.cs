using System.Collections.Concurrent;
using Faxbot.Sdk.Context;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Lines;

namespace Faxbot.Sdk.Testing.Harness;

/// <summary>The gateway's jobs: remembers what the plugin told. Thread-safe.</summary>
public sealed class HarnessJobs : IPluginJobs
{
    private readonly ConcurrentDictionary<string, string> _tracked = new();
    private readonly ConcurrentQueue<(string AttemptId, FaxStatus Status)> _reports = new();

    /// <summary>The calls that were bound to jobs: the call's id by the job's.</summary>
    public IReadOnlyDictionary<string, string> Tracked => _tracked;

    /// <summary>The statuses that the plugin told by itself, in order.</summary>
    public IReadOnlyList<(string AttemptId, FaxStatus Status)> Reports => [.. _reports];

    /// <inheritdoc/>
    public void Track(string jobId, ILineCall call)
    {
        ArgumentException.ThrowIfNullOrEmpty(jobId);
        ArgumentNullException.ThrowIfNull(call);
        _tracked[jobId] = call.Id;
    }

    /// <inheritdoc/>
    public void Report(string attemptId, FaxStatus status)
    {
        ArgumentException.ThrowIfNullOrEmpty(attemptId);
        _reports.Enqueue((attemptId, status));
    }
}
