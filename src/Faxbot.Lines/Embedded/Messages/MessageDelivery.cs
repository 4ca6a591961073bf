using System.Net;
using Faxbot.Lines.Embedded.Signalling;
using Faxbot.Lines.Embedded.Trunks;
using Faxbot.Lines.Outcomes;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Trunks;
using Faxbot.Sip.Calls;
using Faxbot.Sip.InstantMessages;
using Faxbot.Sip.Transports;

namespace Faxbot.Lines.Embedded.Messages;

/// <summary>
/// Sends messages over trunks (RFC 3428). Servers are tried in turn while it is certain that none of them has the message:
/// 1. wait for the messages before it to the same destination; 2. find where the servers are; 3. ask one that may be dead, over UDP, for a sign of life
/// first, as silence after the message itself would leave open whether it arrived; 4. MESSAGE, and wait for the final response.
/// A message that may have arrived goes to nobody else. Thread-safe.
/// </summary>
internal sealed class MessageDelivery(SipPort port, TrunkRegistrations registrations, TimeProvider time)
{
    // Until a request over UDP is repeated (timer E), an error of the network speaks of the only one that left.
    private static readonly TimeSpan FirstRepetition = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan SignOfLife = TimeSpan.FromMinutes(1);

    private readonly DestinationOrder _order = new();

    /// <param name="message">The message.</param>
    /// <param name="bodies">What is sent: the first, or where the far end does not know its type the next.</param>
    /// <param name="cancel">Gives up before it leaves; afterwards it is waited for.</param>
    public async Task<MessageOutcome> SendAsync(OutboundMessage message, IReadOnlyList<MessageBody> bodies, CancellationToken cancel)
    {
        if (TrunkPolicy.Refusal(message.Trunk, message.To, message.From) is { } refusal) return new MessageOutcome(MessageState.NeverSent) { Failure = refusal };

        // Step 1
        using var turn = await _order.EnterAsync($"{message.To}@{message.Trunk.AddressDomain()}", cancel);

        // Step 2
        await port.Located.WaitAsync(cancel);
        List<ServerHop> places = [];
        await foreach (var place in port.Servers.FindAsync(message.Trunk, message.To, cancel)) places.Add(place);
        var found = places.Count;
        MessageOutcome? last = null;
        for (var i = 0; i < places.Count; i++)
        {
            // Step 3: one that says nothing comes behind the others, for some servers never answer OPTIONS.
            if (i < found && found > 1 && !await IsAliveAsync(message.Trunk, places[i].Hop, cancel))
            {
                places.Add(places[i]);
                continue;
            }

            // Step 4
            var (outcome, isFinal) = await SendAsync(message, bodies, places[i]);
            if (isFinal) return outcome;
            last = outcome;
        }

        return last ?? MessageOutcomes.Unresolved(message.Trunk);
    }

    // A connection tells by itself whether somebody is there.
    private async Task<bool> IsAliveAsync(TrunkProfile trunk, SipHop hop, CancellationToken cancel)
    {
        if (hop.IsReliable || port.Servers.Health.HasAnsweredWithin(hop, SignOfLife)) return true;
        using var patience = new CancellationTokenSource(trunk.Signalling.ServerTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
        try
        {
            var isAlive = (await port.PingAsync(trunk.AddressDomain(), hop, either.Token)).IsAlive;
            if (isAlive) port.Servers.Health.Recover(hop);
            return isAlive;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task<(MessageOutcome Outcome, bool IsFinal)> SendAsync(OutboundMessage message, IReadOnlyList<MessageBody> bodies, ServerHop place)
    {
        var local = port.Towards(place.Hop.EndPoint.Address);
        if (RequestAddresses.Of(message.Trunk, place.Server, local, message.To, message.From, message.Reference) is not { } addresses) return (MessageOutcomes.BadNumber, true);
        InstantMessageResult? result = null;
        foreach (var body in bodies)
        {
            result = await SendAsync(message, addresses, body, place, local);
            if (result is null) return (MessageOutcomes.Stopped, true);
            if (result.Failure is not { Origin: SipFailureOrigin.Response, Status: 415 }) break;
        }

        return Judge(result!, message.Trunk, place);
    }

    // Null when the line was closed before the answer.
    private async Task<InstantMessageResult?> SendAsync(OutboundMessage message, RequestAddresses addresses, MessageBody body, ServerHop place, IPEndPoint local)
    {
        var now = time.GetUtcNow();
        try
        {
            return await port.SendMessageAsync(new InstantMessage
            {
                RequestUri = addresses.RequestUri,
                To = addresses.To,
                From = addresses.From,
                Headers = addresses.Headers,
                NextHop = place.Hop,
                Local = local,
                // RFC 3608 5, as for calls.
                Route = registrations.FlowOf(message.Trunk)?.ServiceRoutes ?? [],
                Credentials = RequestAddresses.CredentialsOf(message.Trunk),
                Body = body(addresses.From.Uri.ToString(), (addresses.To?.Uri ?? addresses.RequestUri).ToString(), now),
                Date = now,
                Expires = message.Expires,
            });
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    // RFC 3263 4.3 asks the next server after silence too, but a message that is sent twice is read twice.
    private (MessageOutcome Outcome, bool IsFinal) Judge(InstantMessageResult result, TrunkProfile trunk, ServerHop place)
    {
        if (result.Failure is not { } failure)
        {
            port.Servers.Health.Recover(place.Hop);
            return (new MessageOutcome(MessageState.Sent) { SipStatus = result.Response!.Status }, true);
        }

        var problem = port.ProblemAt(result.Hop);
        var outcome = MessageOutcomes.NotTaken(failure, MayHaveArrived(result), trunk.Failures, problem);
        var isElsewhere = failure is { Origin: SipFailureOrigin.Transport } or { Origin: SipFailureOrigin.Response, Status: 503 };
        if (isElsewhere || failure.Origin == SipFailureOrigin.NoResponse) port.Servers.Health.Fail(place.Hop, failure.RetryAfter);
        else port.Servers.Health.Recover(place.Hop);
        return (outcome, !isElsewhere || outcome.State == MessageState.Unknown);
    }

    private bool MayHaveArrived(InstantMessageResult result) => result.Failure switch
    {
        { Origin: SipFailureOrigin.NoResponse } => true,
        { Origin: SipFailureOrigin.Transport } when result.Hop.IsReliable => port.ProblemAt(result.Hop) is not { WasConnected: false },
        { Origin: SipFailureOrigin.Transport } => result.Elapsed >= FirstRepetition,
        // RFC 3261 16.7: a proxy answers so when nobody behind it answered.
        { Origin: SipFailureOrigin.Response, Status: 408 } => true,
        _ => false,
    };
}

/// <summary>Makes the body of a message.</summary>
/// <param name="from">The sender's address.</param>
/// <param name="to">The recipient's address.</param>
/// <param name="at">The time.</param>
internal delegate SipBody MessageBody(string from, string to, DateTimeOffset at);
