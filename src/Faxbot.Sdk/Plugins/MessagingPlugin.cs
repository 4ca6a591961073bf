using Faxbot.Sdk.Messages;

namespace Faxbot.Sdk.Plugins;

/// <summary>A plugin that sends or receives text messages: category <c>messaging</c>.</summary>
public abstract class MessagingPlugin : Plugin
{
    /// <summary>Capability <c>send_message</c>: hands one message over; called once for each <see cref="MessageRequest.AttemptId"/>.</summary>
    /// <exception cref="Faxes.FaxRejectedException">It was surely not taken; the outcome says why.</exception>
    public virtual Task<MessageResult> SendMessageAsync(MessageRequest message, CancellationToken cancel) => throw NotImplemented("send_message");

    /// <summary>Capability <c>get_message_status</c>: what is known now.</summary>
    public virtual Task<MessageStatus> GetMessageStatusAsync(MessageReference message, CancellationToken cancel) => throw NotImplemented("get_message_status");

    /// <summary>Capability <c>receive_message</c>: fetches a message whose notice named only its id.</summary>
    public virtual Task<ReceivedMessage> ReceiveMessageAsync(string providerId, CancellationToken cancel) => throw NotImplemented("receive_message");

    /// <summary>Capability <c>price_message</c>: what a message would cost, as far as the provider or the settings tell; sends nothing.</summary>
    public virtual Task<MessagePrice> PriceMessageAsync(MessagePriceQuery message, CancellationToken cancel) => throw NotImplemented("price_message");
}
