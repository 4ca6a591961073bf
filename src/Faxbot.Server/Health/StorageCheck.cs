using Faxbot.Sdk.Plugins;
using Faxbot.Server.Content;

namespace Faxbot.Server.Health;

/// <summary>Whether documents can be stored.</summary>
internal sealed class StorageCheck(ContentStore contents) : IReadinessCheck
{
    public string Name => "storage";

    public async Task<CheckResult> CheckAsync(CancellationToken cancel)
    {
        try
        {
            await contents.CheckAsync(cancel);
            return CheckResult.Passed;
        }
        catch (ContentException e)
        {
            return CheckResult.Failed(e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return CheckResult.Failed("Documents cannot be stored: the folder cannot be written.");
        }
    }
}
