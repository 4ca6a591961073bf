using System.Net;
using Faxbot.Sip.Dialogs;
using Faxbot.Sip.Messages;
using Faxbot.Sip.Registration;
using Faxbot.Sip.Transactions;
using Faxbot.Sip.Transports;

namespace Faxbot.Sip.Calls;

/// <summary>What all parts of a user agent share: options, timers, transactions, the table of calls, and the queue of outputs.</summary>
internal sealed class UserAgentCore
{
    private readonly Queue<SipOutput> _outputs = [];

    public UserAgentCore(SipUserAgentOptions options)
    {
        Options = options;
        Tokens = new SipTokens(options.Entropy);
        Capabilities = new Capabilities(options.TakesMessages);
        Transactions = new TransactionLayer(options.Timers, options.MaxTransactions, Send);
    }

    public SipUserAgentOptions Options { get; }

    public SipTokens Tokens { get; }

    public Capabilities Capabilities { get; }

    public TransactionLayer Transactions { get; }

    public TimerHeap Heap => Transactions.Heap;

    /// <summary>Calls by Call-ID and our tag.</summary>
    public Dictionary<(string CallId, string LocalTag), SipCall> Calls { get; } = [];

    public List<SipRegistration> Registrations { get; } = [];

    public bool TryTakeOutput(out SipOutput? output) => _outputs.TryDequeue(out output);

    public void Send(ReadOnlyMemory<byte> bytes, SipHop remote, IPEndPoint local) => _outputs.Enqueue(new SipOutput.Send(bytes, remote, local));

    public void Report(SipOutput output) => _outputs.Enqueue(output);

    /// <summary>Where peers reach us for what shall arrive at that socket.</summary>
    /// <param name="local">Our socket.</param>
    /// <param name="transport">What the peer shall use.</param>
    /// <param name="user">The user part.</param>
    public SipNameAddr ContactAt(IPEndPoint local, SipTransport transport, string? user)
    {
        var (host, port) = PublicHostOf(local, transport);
        var uri = new SipUri(host) { User = user, Port = port };
        return new SipNameAddr(transport == SipTransport.Udp ? uri : uri.WithParameter("transport", transport.ToString().ToLowerInvariant()));
    }

    /// <summary>Gives a request its Via and the headers that all have, and sends it in a transaction.</summary>
    public ClientTransaction SendRequest(IClientTransactionUser user, SipRequest request, SipHop remote, IPEndPoint local, TimeSpan now) =>
        SendRequest(user, request, Tokens.NextBranch(), remote, local, now);

    /// <summary>As the other, with the branch of an INVITE that this request cancels.</summary>
    public ClientTransaction SendRequest(
        IClientTransactionUser user, SipRequest request, string branch, SipHop remote, IPEndPoint local, TimeSpan now)
    {
        Stamp(request, branch, remote, local);
        var bytes = request.ToArray();
        if (remote is { Transport: SipTransport.Udp, TakesLargeOverTcp: true } && bytes.Length > (remote.LargestRequest ?? Options.LargestUdpRequest))
        {
            // RFC 3261 18.1.1: UDP would fragment it.
            var overTcp = remote with { Transport = SipTransport.Tcp };
            (SipHop, byte[])? fallback = bytes.Length <= Options.MaxDatagram ? (remote, bytes) : null;
            Stamp(request, branch, overTcp, local);
            return Transactions.Start(new ClientTransaction(Transactions, user, request, request.ToArray(), overTcp, local) { Fallback = fallback }, now);
        }

        if (bytes.Length <= Options.MaxDatagram)
        {
            return Transactions.Start(new ClientTransaction(Transactions, user, request, bytes, remote, local), now);
        }

        // Told later, as any other failure, so that the caller has the transaction in hand by then.
        var unsent = new ClientTransaction(Transactions, user, request, bytes, remote, local);
        Heap.Start(new SipTimer(later => user.HandleFailure(unsent, SipFailureOrigin.TooLarge, later)), now);
        return unsent;
    }

    /// <summary>The octets that a request would have on its way there.</summary>
    public int SizeOf(SipRequest request, SipHop remote, IPEndPoint local)
    {
        Stamp(request, Tokens.NextBranch(), remote, local);
        return request.ToArray().Length;
    }

    /// <summary>Sends an ACK for a 2xx, which is no transaction. Returns its octets for the next retransmission of that 2xx.</summary>
    public byte[] SendAck(SipRequest ack, SipHop remote, IPEndPoint local)
    {
        Stamp(ack, Tokens.NextBranch(), remote, local);
        var bytes = ack.ToArray();
        Send(bytes, remote, local);
        return bytes;
    }

    /// <summary>OPTIONS outside a dialog (RFC 3261 11.1).</summary>
    public SipRequest CreateOptions(SipUri target, SipNameAddr from, SipNameAddr contact)
    {
        var request = new SipRequest(SipMethod.Options, target)
        {
            From = from.WithTag(Tokens.NextTag()),
            To = new SipNameAddr(target),
            CallId = Tokens.NextCallId(),
            CSeq = new SipCSeq(Tokens.NextSequence(), SipMethod.Options),
        };
        request.Headers.Contact = contact;
        Capabilities.WriteAccept(request);
        return request;
    }

    /// <summary>A response of ours with To tag and Server.</summary>
    public SipResponse CreateResponse(ServerTransaction transaction, int status, string? phrase = null)
    {
        transaction.LocalTag ??= Tokens.NextTag();
        var response = transaction.Request.CreateResponse(status, phrase, transaction.LocalTag);
        if (Options.Product.Length > 0)
        {
            response.Headers.Server = Options.Product;
        }

        return response;
    }

    public void Respond(ServerTransaction transaction, int status, TimeSpan now) =>
        transaction.Respond(CreateResponse(transaction, status), now);

    /// <summary>500 with a Retry-After of up to ten seconds (RFC 3261 14.2, RFC 3311 5.2): busy with an earlier request of yours.</summary>
    public void RespondTryLater(ServerTransaction transaction, TimeSpan now)
    {
        var response = CreateResponse(transaction, 500);
        response.Headers.RetryAfter = new SipRetryAfter(TimeSpan.FromSeconds(Tokens.Next(11)));
        transaction.Respond(response, now);
    }

    private (string Host, int Port) PublicHostOf(IPEndPoint local, SipTransport transport)
    {
        var endPoint = Options.PublicEndPoint ?? local;
        return (ViaRouting.HostOf(endPoint.Address), transport == SipTransport.Tls ? Options.TlsPort ?? endPoint.Port : endPoint.Port);
    }

    private void Stamp(SipRequest request, string branch, SipHop remote, IPEndPoint local)
    {
        var (host, port) = PublicHostOf(local, remote.Transport);
        request.Headers.Remove(SipHeaderNames.Via);
        request.Headers.PrependVia(new SipVia(remote.ViaName, host)
        {
            Port = port,
            Branch = branch,
            HasRPort = true,
        });
        request.Headers.MaxForwards ??= 70;
        if (Options.Product.Length > 0)
        {
            request.Headers.UserAgent ??= Options.Product;
        }
    }
}
