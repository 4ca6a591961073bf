using System.Net;
using Faxbot.Sip.Messages;
using Faxbot.Sip.Transports;

namespace Faxbot.Sip.Transactions;

/// <summary>All transactions of a user agent: finds the one that a message belongs to, and holds the timers. One thread at a time.</summary>
internal sealed class TransactionLayer(SipTimers timers, int maxTransactions, Action<ReadOnlyMemory<byte>, SipHop, IPEndPoint> send)
{
    private readonly Dictionary<TransactionKey, ClientTransaction> _clients = [];
    private readonly Dictionary<TransactionKey, ServerTransaction> _servers = [];
    private readonly Dictionary<RequestIdentity, ServerTransaction> _initials = [];

    public SipTimers Timers => timers;

    public TimerHeap Heap { get; } = new();

    public int Count => _clients.Count + _servers.Count;

    /// <summary>A request of ours has no final response, or a response of ours no ACK. Takes time linear in the transactions.</summary>
    public bool HasPending => _clients.Values.Any(client => client.IsPending) || _servers.Values.Any(server => server.AwaitsPeer);

    public bool IsFull => Count >= maxTransactions;

    public void Send(ReadOnlyMemory<byte> bytes, SipHop remote, IPEndPoint local) => send(bytes, remote, local);

    /// <summary>Sends a request whose top Via has a branch of its own.</summary>
    public ClientTransaction Start(ClientTransaction transaction, TimeSpan now)
    {
        _clients.Add(transaction.Key, transaction);
        transaction.Start(now);
        return transaction;
    }

    /// <summary>Takes a response to its transaction; false when there is none (RFC 6026 7.3 drops strays).</summary>
    public bool HandleResponse(SipResponse response, TimeSpan now)
    {
        if (response.TopVia.Branch is not { } branch
            || !_clients.TryGetValue(TransactionKey.OfClient(branch, response.CSeq.Method), out var transaction))
        {
            return false;
        }

        transaction.HandleResponse(response, now);
        return true;
    }

    /// <summary>Takes a retransmission, or an ACK of a failure, to its transaction; false when the request is new or an ACK for a dialog.</summary>
    public bool HandleRequest(SipRequest request, TimeSpan now)
    {
        var isAck = request.Method == SipMethod.Ack;
        var key = TransactionKey.OfServer(request, isAck ? SipMethod.Invite : request.Method);
        if (!_servers.TryGetValue(key, out var transaction))
        {
            return false;
        }

        if (isAck)
        {
            return transaction.HandleAck(now);
        }

        transaction.HandleRequest(now);
        return true;
    }

    /// <summary>Begins a transaction for a new request.</summary>
    /// <param name="request">The request, its top Via stamped.</param>
    /// <param name="source">Where it came from.</param>
    /// <param name="local">Where it arrived.</param>
    /// <param name="now">The time.</param>
    /// <param name="isMerged">The same request came by another path already: 482 (RFC 3261 8.2.2.2).</param>
    public ServerTransaction Accept(SipRequest request, SipHop source, IPEndPoint local, TimeSpan now, out bool isMerged)
    {
        var transaction = new ServerTransaction(this, request, TransactionKey.OfServer(request, request.Method), source, local);
        isMerged = request.To.Tag is null && !_initials.TryAdd(RequestIdentity.Of(request), transaction);
        _servers.Add(transaction.Key, transaction);
        transaction.Start(now);
        return transaction;
    }

    /// <summary>The INVITE that a CANCEL is about (RFC 3261 9.2), or null.</summary>
    public ServerTransaction? FindCancelled(SipRequest cancel) =>
        _servers.GetValueOrDefault(TransactionKey.OfServer(cancel, SipMethod.Invite));

    /// <summary>The network does not reach that address: requests that wait for a first response there have failed.</summary>
    public void HandleTransportError(SipHop remote, TimeSpan now)
    {
        foreach (var transaction in _clients.Values
            .Where(client => client.State is TransactionState.Calling or TransactionState.Trying && client.Remote.IsSamePlaceAs(remote)).ToList())
        {
            transaction.HandleTransportError(now);
        }
    }

    public void Remove(ClientTransaction transaction) => _clients.Remove(transaction.Key);

    public void Remove(ServerTransaction transaction)
    {
        _servers.Remove(transaction.Key);
        var identity = RequestIdentity.Of(transaction.Request);
        if (transaction.Request.To.Tag is null && _initials.GetValueOrDefault(identity) == transaction)
        {
            _initials.Remove(identity);
        }
    }

    private readonly record struct RequestIdentity(string CallId, string? FromTag, SipCSeq CSeq)
    {
        public static RequestIdentity Of(SipRequest request) => new(request.CallId, request.From.Tag, request.CSeq);
    }
}
