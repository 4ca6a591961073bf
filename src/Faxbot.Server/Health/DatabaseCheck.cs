using System.Data.Common;
using Faxbot.Sdk.Plugins;
using Faxbot.Server.Jobs;

namespace Faxbot.Server.Health;

/// <summary>Whether rows can be written.</summary>
internal sealed class DatabaseCheck(JobStore jobs) : IReadinessCheck
{
    public string Name => "database";

    public async Task<CheckResult> CheckAsync(CancellationToken cancel)
    {
        try
        {
            await jobs.CheckAsync(cancel);
            return CheckResult.Passed;
        }
        catch (DbException)
        {
            return CheckResult.Failed("The database cannot be written; the log says why.");
        }
    }
}
