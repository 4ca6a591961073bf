using Faxbot.Lines;
using Faxbot.Lines.Embedded.Trunks;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Numbers;
using Faxbot.Sdk.Trunks;
using AsteriskMessage = Faxbot.Lines.Asterisk.ReceivedMessage;

namespace Faxbot.Server.Lines.Asterisk;

/// <summary>
/// Brings text messages that an Asterisk received to the gateway's messages. Until one is kept there, Asterisk keeps it, and it is offered again.
/// Thread-safe.
/// </summary>
internal sealed partial class AsteriskTexts(IMessageInbox inbox, TrunkProfiles trunks, ILogger<AsteriskTexts> logger)
{
    /// <summary>Keeps a message; false where that was not possible and it is to be offered again.</summary>
    public async Task<bool> StoreAsync(AsteriskMessage message, CancellationToken cancel)
    {
        if (Holder(message.CallingDomain) is not ({ } pluginId, { } trunk))
        {
            NobodyTakes(logger, message.Id);
            return false;
        }

        try
        {
            PhoneNumber Number(string user) => new(InboundNumbers.InE164(user, trunk.Inbound.Country));
            await inbox.ReceiveAsync(pluginId, new ReceivedMessage(message.Id, message.At, Number(message.Calling), Number(message.Called), message.Text), cancel);
            return true;
        }
        // Asterisk has told the sender that it arrived: whatever keeps it from the store, it is offered again.
        catch (Exception refused) when (refused is not OperationCanceledException)
        {
            NotStored(logger, refused, message.Id);
            return false;
        }
    }

    // Asterisk says from which domain a message came, and not over which endpoint.
    private (string? PluginId, TrunkProfile? Trunk) Holder(string domain)
    {
        var over = trunks.Taking(TrunkTraffic.Messages).Where(one => one.Trunk.Line == TrunkLine.Asterisk).ToArray();
        bool IsThere((string PluginId, TrunkProfile Trunk) one) =>
            one.Trunk.Servers.Select(server => server.Host).Append(one.Trunk.AddressDomain()).Contains(domain, StringComparer.OrdinalIgnoreCase);
        return over.Length == 0 ? default : over.Where(IsThere).Append(over[0]).First();
    }

    [LoggerMessage(1523, LogLevel.Warning, "Text message {Id}, which Asterisk received, waits there: no enabled plugin takes messages over Asterisk")]
    private static partial void NobodyTakes(ILogger logger, string id);

    [LoggerMessage(1524, LogLevel.Error, "Text message {Id}, which Asterisk received, could not be stored; it is tried again")]
    private static partial void NotStored(ILogger logger, Exception why, string id);
}
