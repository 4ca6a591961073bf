using System.Security.Cryptography;
using System.Text;
using Faxbot.Lines.Embedded.Signalling;
using Faxbot.Lines.Embedded.Signalling.Transports;
using Faxbot.Lines.Embedded.Trunks;
using Faxbot.Sdk.Messages;
using Faxbot.Sip.InstantMessages;

namespace Faxbot.Lines.Embedded.Messages;

/// <summary>
/// Takes the messages that come in over trunks, and nobody else's: finds the trunk, reads the content, gives it to the recipient, and answers when that
/// has it. A notice of its arrival goes to the sender where it asks for one (RFC 5438).
/// </summary>
/// <param name="port">The line's port; under its lock messages come in.</param>
/// <param name="trunks">The trunks.</param>
/// <param name="recipient">Whom they reach.</param>
/// <param name="delivery">What carries notices.</param>
internal sealed class MessageReception(SipPort port, ConnectedTrunks trunks, IMessageRecipient recipient, MessageDelivery delivery)
{
    private const int MostAtOnce = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly TaskSet _running = new();
    private int _open;

    /// <summary>Takes a message, without waiting.</summary>
    public void Take(IncomingMessage message)
    {
        switch (trunks.Match(message.Request, message.Peer.EndPoint, TrunkTraffic.Messages))
        {
            case InboundMatch.Prove proof:
                port.Do(now => message.Challenge(proof.Challenge, now));
                break;
            case InboundMatch.Of { Trunk: var trunk }:
                Take(message, trunk);
                break;
            default:
                Refuse(message);
                break;
        }
    }

    /// <summary>Waits for those that are being stored.</summary>
    public Task WhenAllAsync() => _running.WhenAllAsync();

    // RFC 3261 21.4.6: a trunk that is known learns that messages are not taken; a stranger learns nothing.
    private void Refuse(IncomingMessage message)
    {
        var isKnown = trunks.IsKnown(message.Peer.EndPoint.Address);
        if (!isKnown) trunks.NoteStranger(message.Peer.EndPoint.Address);
        port.Do(now => message.Reject(isKnown ? 405 : 403, now));
    }

    private void Take(IncomingMessage message, TrunkConnection trunk)
    {
        var error = MessageContent.TryRead(message.Request, CpimLimits.Default, out var content);
        if (error != MessageContentError.None) port.Do(now => message.Reject(error, now));
        else if (_open >= MostAtOnce) port.Do(now => message.Postpone(Pause, now));
        else _running.Add(KeepAsync(message, trunk, content!));
    }

    private async Task KeepAsync(IncomingMessage message, TrunkConnection trunk, MessageContent content)
    {
        Interlocked.Increment(ref _open);
        var isKept = false;
        try
        {
            // The caller holds the port's lock.
            await Task.Yield();
            isKept = content switch
            {
                MessageContent.Text text => await KeepAsync(message, trunk, text),
                MessageContent.Notice { Value: var notice } when StateOf(notice) is { } state =>
                    await recipient.ReportAsync(new DeliveryNotice(trunk, notice.MessageId, state), CancellationToken.None),
                // That it was shown to nobody yet, or that nobody may know, changes nothing.
                _ => true,
            };
        }
        finally
        {
            Interlocked.Decrement(ref _open);
            port.Do(now => _ = isKept ? message.Accept(now) : message.Postpone(Pause, now));
        }

        if (isKept && content is MessageContent.Text { WantsDeliveryNotice: true, MessageId: { } id } told) await NotifyAsync(message, Describe(message, trunk, told), id);
    }

    private Task<bool> KeepAsync(IncomingMessage message, TrunkConnection trunk, MessageContent.Text text) =>
        recipient.ReceiveAsync(Describe(message, trunk, text), CancellationToken.None);

    private static IncomingText Describe(IncomingMessage message, TrunkConnection trunk, MessageContent.Text text) => new(
        trunk, IdOf(message, text), InboundNumbers.Calling(message.Request, trunk.Trunk.Inbound), InboundNumbers.Called(message.Request, trunk.Trunk.Inbound), text.Value);

    // RFC 5438 7.2.1. What becomes of the notice is the sender's affair: it is told once.
    private Task<MessageOutcome> NotifyAsync(IncomingMessage message, IncomingText text, string messageId)
    {
        var notice = new ImdnNotice(messageId, ImdnKind.Delivery, ImdnStatus.Delivered) { Recipient = message.Request.RequestUri.ToString() };
        var ownId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
        return delivery.SendAsync(
            new OutboundMessage { Trunk = text.Trunk.Trunk, To = text.From, From = text.To, Text = "" },
            [(from, to, at) => ImdnHeaders.Tell(notice, ownId, from, to, at)],
            CancellationToken.None);
    }

    // Who repeats a message because our answer was lost keeps its id, or at least Call-ID and CSeq (RFC 3261 8.1.3.5 changes the latter for credentials alone).
    private static string IdOf(IncomingMessage message, MessageContent.Text text)
    {
        var (request, from) = (message.Request, message.Request.From);
        var identity = text.MessageId is { } id ? $"{from.Uri.User}\n{id}" : $"{request.CallId}\n{from.Tag}\n{request.CSeq.Number}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)).AsSpan(0, 16));
    }

    private static MessageState? StateOf(ImdnNotice notice) => notice switch
    {
        { Kind: ImdnKind.Delivery, Status: ImdnStatus.Delivered } or { Kind: ImdnKind.Display, Status: ImdnStatus.Displayed } => MessageState.Delivered,
        { Kind: ImdnKind.Delivery, Status: ImdnStatus.Failed or ImdnStatus.Error } => MessageState.Undelivered,
        _ => null,
    };
}
