using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Lines;

namespace Faxbot.Sdk.Context;

/// <summary>Jobs, as far as a plugin may touch them.</summary>
public interface IPluginJobs
{
    /// <summary>Lets the call's events and outcome reach the job, also when this plugin's process is gone.</summary>
    void Track(string jobId, ILineCall call);

    /// <summary>Tells a status that the plugin learnt by itself, by polling for instance.</summary>
    void Report(string attemptId, FaxStatus status);
}
