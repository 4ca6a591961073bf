using System.Text.Json;
using StreamJsonRpc;
using StreamJsonRpc.Protocol;

namespace Faxbot.PluginHost.Calls;

/// <summary>JSON-RPC whose errors keep their data as it came.</summary>
internal sealed class GatewayRpc(IJsonRpcMessageHandler messages) : JsonRpc(messages)
{
    protected override Type? GetErrorDetailsDataType(JsonRpcError error) => typeof(JsonElement?);
}
