using Faxbot.Server.Lines;
using Faxbot.Server.OptOuts;
using Faxbot.Server.Outbox;

namespace Faxbot.Server.Messages;

internal static class MessagesRegistration
{
    /// <summary>Adds text messages as a kind of the outbox, and what the API does with them. Needs <see cref="Configuration.MessageOptions"/>.</summary>
    internal static IServiceCollection AddMessages(this IServiceCollection services) => services
        .AddOutbox()
        .AddSingleton<IOutboxKind, MessageKind>()
        .AddSingleton<MessageIntake>()
        .AddSingleton<MessagePreview>()
        .AddSingleton<MessageBook>()
        .AddSingleton<MessageInbox>()
        .AddSingleton<MessageNotices>()
        .AddSingleton<IMessageInbox, LineMessages>()
        .AddSingleton<OptOutStore>();

    /// <summary>Adds the fetching of messages that wait at providers. Needs the plugins.</summary>
    internal static IServiceCollection AddMessageFetch(this IServiceCollection services) => services.AddHostedService<MessageFetch>();
}
