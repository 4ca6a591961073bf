using Faxbot.Sip.Messages;

namespace Faxbot.Sip.Dialogs;

/// <summary>
/// The state of a dialog (RFC 3261 12): who talks to whom, in what order, and by what route. It neither sends nor waits.
/// </summary>
internal sealed class SipDialog
{
    private SipDialog(string callId, SipNameAddr local, SipNameAddr remote, IReadOnlyList<SipUri> routeSet, SipUri remoteTarget)
    {
        CallId = callId;
        Local = local;
        Remote = remote;
        RouteSet = routeSet;
        RemoteTarget = remoteTarget;
    }

    public string CallId { get; }

    /// <summary>Our From in requests, with our tag.</summary>
    public SipNameAddr Local { get; }

    /// <summary>Our To in requests, with the peer's tag, if it gave one (RFC 2543 peers do not).</summary>
    public SipNameAddr Remote { get; }

    public string LocalTag => Local.Tag ?? "";

    public string RemoteTag => Remote.Tag ?? "";

    public IReadOnlyList<SipUri> RouteSet { get; }

    /// <summary>The peer's Contact.</summary>
    public SipUri RemoteTarget { get; private set; }

    public uint LocalSequence { get; private set; }

    public uint? RemoteSequence { get; private set; }

    /// <summary>Where a request goes first. With a strict router in front the same URI is also the Request-URI (12.2.1.1).</summary>
    public SipUri FirstHop => RouteSet.Count > 0 ? RouteSet[0] : RemoteTarget;

    /// <summary>The caller's dialog, from a response with a tag (12.1.2): the route set is the Record-Route in reverse.</summary>
    public static SipDialog OfCaller(SipRequest invite, SipResponse response)
    {
        var routes = response.Headers.RecordRoutes.Select(route => route.Uri).Reverse().ToArray();
        return new SipDialog(invite.CallId, invite.From, response.To, routes, response.Headers.Contact?.Uri ?? invite.RequestUri)
        {
            LocalSequence = invite.CSeq.Number,
        };
    }

    /// <summary>The callee's dialog (12.1.1): the route set is the Record-Route as it stands.</summary>
    public static SipDialog OfCallee(SipRequest invite, string localTag, uint firstSequence)
    {
        var routes = invite.Headers.RecordRoutes.Select(route => route.Uri).ToArray();
        return new SipDialog(invite.CallId, invite.To.WithTag(localTag), invite.From, routes, invite.Headers.Contact?.Uri ?? invite.From.Uri)
        {
            LocalSequence = firstSequence,
            RemoteSequence = invite.CSeq.Number,
        };
    }

    /// <summary>A request within the dialog with the next CSeq (12.2.1.1), yet without Via, Contact and body.</summary>
    public SipRequest CreateRequest(SipMethod method)
    {
        LocalSequence++;
        return Create(method, LocalSequence);
    }

    /// <summary>The ACK of a 2xx: the sequence number is the INVITE's (13.2.2.4).</summary>
    public SipRequest CreateAck(uint sequence) => Create(SipMethod.Ack, sequence);

    /// <summary>Goes on counting where the early dialog with the same peer stopped: only the route set is computed anew (13.2.2.4).</summary>
    public void Continue(SipDialog early)
    {
        LocalSequence = early.LocalSequence;
        RemoteSequence = early.RemoteSequence;
    }

    /// <summary>Checks the order of the peer's requests (12.2.2); false when this one is older than, or another with the number of, the last one.</summary>
    public bool TryAdvance(SipCSeq sequence)
    {
        // A second INVITE under a used number would be another transaction that claims to be the same one.
        if (RemoteSequence is { } last && (sequence.Number < last || (sequence.Number == last && sequence.Method == SipMethod.Invite)))
        {
            return false;
        }

        RemoteSequence = sequence.Number;
        return true;
    }

    /// <summary>A target refresh (12.2.1.2, 12.2.2): the Contact of INVITE or UPDATE, and of their 2xx.</summary>
    public void RefreshTarget(SipMessage message)
    {
        if (message.Headers.Contact is { } contact)
        {
            RemoteTarget = contact.Uri;
        }
    }

    private SipRequest Create(SipMethod method, uint sequence)
    {
        var isStrict = RouteSet.Count > 0 && !RouteSet[0].IsLooseRouter;
        var request = new SipRequest(method, isStrict ? WithoutWhatARequestLineForbids(RouteSet[0]) : WithoutWhatARequestLineForbids(RemoteTarget));
        request.Headers.Routes = [.. (isStrict ? RouteSet.Skip(1).Append(RemoteTarget) : RouteSet).Select(route => new SipNameAddr(route))];
        request.From = Local;
        request.To = Remote;
        request.CallId = CallId;
        request.CSeq = new SipCSeq(sequence, method);
        return request;
    }

    /// <summary>A URI without what table 1 of RFC 3261 19.1.1 forbids in a Request-URI: method and headers.</summary>
    public static SipUri WithoutWhatARequestLineForbids(SipUri uri) =>
        uri with { Parameters = uri.Parameters.Without("method"), Headers = SipParameters.Empty };
}
