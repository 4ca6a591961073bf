using System.Globalization;
using System.Text.Json;
using Faxbot.Sdk;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Wire;
using StreamJsonRpc;
using StreamJsonRpc.Protocol;

namespace Faxbot.Server.Plugins.Processes;

/// <summary>What a plugin's answer means; an answer that the contract does not know is the plugin's failure.</summary>
internal static class PluginAnswers
{
    // Only what sends can be rejected, and only what comes before the first call can be refused.
    private const string Sends = "send_";

    /// <exception cref="PluginFailureException">It is not of that shape.</exception>
    public static T Read<T>(string pluginId, string method, JsonElement answer)
    {
        try
        {
            if (answer.Deserialize<T>(SdkJson.Options) is { } result) return result;
            throw Wrong(pluginId, method, "null");
        }
        catch (JsonException e)
        {
            throw Wrong(pluginId, method, e.Path ?? "$", e);
        }
    }

    /// <summary>The exception for an error that the plugin answered with.</summary>
    public static Exception Error(string pluginId, string method, RemoteRpcException error)
    {
        var code = (int?)error.ErrorCode ?? 0;
        var says = PluginWords.Fit(error.Message);
        return code switch
        {
            WireErrors.Rejected when method.StartsWith(Sends, StringComparison.Ordinal) => Rejected(pluginId, method, error),
            WireErrors.Refused when method is WireMethods.Initialize or WireMethods.ValidateConfig or WireMethods.Start => new PluginRefusedException(says),
            WireErrors.NotSupported or (int)JsonRpcErrorCode.MethodNotFound or (int)JsonRpcErrorCode.InvalidParams or (int)JsonRpcErrorCode.InvalidRequest =>
                new PluginFailureException($"{pluginId} cannot do {method}: {says}", wasCalled: false, error),
            WireErrors.Problem => new PluginFailureException(says, wasCalled: true, error),
            _ => new PluginFailureException(string.Create(CultureInfo.InvariantCulture, $"{pluginId} answered {method} with error {code}: {says}"), wasCalled: true, error),
        };
    }

    private static Exception Rejected(string pluginId, string method, RemoteRpcException error)
    {
        try
        {
            if (error.DeserializedErrorData is JsonElement { ValueKind: JsonValueKind.Object } data) return new FaxRejectedException(data.Deserialize<FaxOutcome>(SdkJson.Options)!);
        }
        catch (JsonException e)
        {
            return Wrong(pluginId, method, e.Path ?? "$", e);
        }

        return Wrong(pluginId, method, "$.error.data");
    }

    private static PluginFailureException Wrong(string pluginId, string method, string place, Exception? inner = null) =>
        new($"{pluginId} answered {method} with what the contract does not know, at {PluginWords.Fit(place)}.", wasCalled: true, inner);
}
