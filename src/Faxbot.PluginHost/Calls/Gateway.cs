using System.Text.Json;
using Faxbot.Sdk;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Wire;
using StreamJsonRpc;

namespace Faxbot.PluginHost.Calls;

/// <summary>What this process asks of the gateway. Thread-safe.</summary>
internal sealed class Gateway(JsonRpc rpc)
{
    /// <summary>Asks and waits for the answer.</summary>
    /// <exception cref="FaxRejectedException">The gateway refused; the outcome says why.</exception>
    /// <exception cref="InvalidOperationException">The gateway cannot do that as it is set up.</exception>
    /// <exception cref="PluginException">Anything else, the end of the gateway included.</exception>
    public async Task<T> AskAsync<T>(string method, Dictionary<string, object?> arguments, CancellationToken cancel)
    {
        try
        {
            return await rpc.InvokeWithParameterObjectAsync<T>(method, (IReadOnlyDictionary<string, object?>)arguments, null, cancel);
        }
        catch (RemoteInvocationException e)
        {
            throw e.ErrorCode switch
            {
                WireErrors.Rejected when Outcome(e.DeserializedErrorData) is { } outcome => new FaxRejectedException(outcome),
                WireErrors.NotPossible => new InvalidOperationException(e.Message),
                _ => new PluginException(e.Message, e),
            };
        }
        catch (Exception e) when (e is RemoteRpcException or ConnectionLostException or ObjectDisposedException)
        {
            throw new PluginException($"The gateway did not answer {method} ({e.GetType().Name}: {e.Message}).", e);
        }
    }

    private static FaxOutcome? Outcome(object? data) => data is JsonElement { ValueKind: JsonValueKind.Object } element ? element.Deserialize<FaxOutcome>(SdkJson.Options) : null;
}
