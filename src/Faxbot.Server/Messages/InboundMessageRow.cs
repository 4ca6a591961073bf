using System.Text;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Numbers;
using Faxbot.Server.Content;

namespace Faxbot.Server.Messages;

/// <summary>A row of table <c>inbound_messages</c> as it stands there.</summary>
internal sealed class InboundMessageRow
{
    public string Id { get; set; } = "";
    public string PluginId { get; set; } = "";
    public string ProviderId { get; set; } = "";
    public string FromNumber { get; set; } = "";
    public string ToNumber { get; set; } = "";
    public byte[] Content { get; set; } = [];
    public long ReceivedAt { get; set; }
    public long CreatedAt { get; set; }

    public static InboundMessageRow Of(string pluginId, ReceivedMessage message, SecretBox seal, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now).ToString("N"),
        PluginId = pluginId,
        ProviderId = message.ProviderId,
        FromNumber = message.From.Value,
        ToNumber = message.To.Value,
        Content = seal.Seal(Encoding.UTF8.GetBytes(message.Text)),
        ReceivedAt = (message.At == default ? now : message.At).ToUnixTimeMilliseconds(),
        CreatedAt = now.ToUnixTimeMilliseconds(),
    };

    public InboundMessage ToMessage(SecretBox seal) => new()
    {
        Id = Id,
        PluginId = PluginId,
        ProviderId = ProviderId,
        From = new PhoneNumber(FromNumber),
        To = new PhoneNumber(ToNumber),
        Text = Encoding.UTF8.GetString(seal.Open(Content)),
        ReceivedAt = DateTimeOffset.FromUnixTimeMilliseconds(ReceivedAt),
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
    };
}
