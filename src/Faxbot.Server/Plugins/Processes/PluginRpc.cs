using System.Text.Json;
using StreamJsonRpc;
using StreamJsonRpc.Protocol;

namespace Faxbot.Server.Plugins.Processes;

/// <summary>JSON-RPC whose errors keep their data as it came.</summary>
internal sealed class PluginRpc(IJsonRpcMessageHandler messages) : JsonRpc(messages)
{
    protected override Type? GetErrorDetailsDataType(JsonRpcError error) => typeof(JsonElement?);
}
