using System.Data.Common;
using Faxbot.Sdk.Messages;
using Faxbot.Server.Plugins;
using Faxbot.Server.Plugins.Processes;

namespace Faxbot.Server.Messages;

/// <summary>Has plugins fetch the messages of which a webhook told only the id; what fails is tried again, for as long as it is noted.</summary>
internal sealed class MessageFetch(MessageNotices notices, PluginFleet fleet, MessageInbox inbox, ILogger<MessageFetch> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await notices.TakeAsync(stoppingToken) is { } notice) await FetchAsync(notice, stoppingToken);
            }
            catch (DbException away)
            {
                logger.NoticesAway(away);
            }

            await notices.WaitAsync(LookEvery, stoppingToken);
        }
    }

    private async Task FetchAsync(MessageNotice notice, CancellationToken cancel)
    {
        try
        {
            var message = await fleet.CallAsync<ReceivedMessage>(notice.PluginId, "receive_message", new() { ["provider_id"] = notice.ProviderId }, cancel);
            await inbox.ReceiveAsync(notice.PluginId, message with { ProviderId = notice.ProviderId }, cancel);
            await notices.DoneAsync(notice, cancel);
        }
        catch (PluginFailureException failed)
        {
            logger.MessageNotFetched(notice.PluginId, notice.Tries, PluginWords.Fit(failed.Message));
            await notices.PutOffAsync(notice, cancel);
        }
    }
}
