using System.Text.Json;
using System.Text.Json.Nodes;
using Faxbot.Sdk;

namespace Faxbot.Server.Jobs;

/// <summary>An event as streams and webhooks tell it. Ids only: who is told asks for the rest with his key.</summary>
internal static class EventJson
{
    /// <param name="happened">The event.</param>
    /// <param name="clientReference">The owner's own name for what it happened to.</param>
    public static string Write(JobEvent happened, string? clientReference = null)
    {
        var told = new JsonObject
        {
            ["id"] = happened.Id,
            ["type"] = happened.Type,
            ["at"] = JsonSerializer.SerializeToNode(happened.At, SdkJson.Options),
            // fax.success has a fax_id, message.sent a message_id.
            [$"{happened.Type.Split('.')[0]}_id"] = happened.Subject.Id,
        };
        if (clientReference is not null) told["client_reference"] = clientReference;
        told["data"] = JsonNode.Parse(happened.Data);
        return told.ToJsonString(SdkJson.Options);
    }
}
