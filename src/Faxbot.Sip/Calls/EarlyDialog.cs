using System.Globalization;
using Faxbot.Sip.Dialogs;
using Faxbot.Sip.Messages;
using Faxbot.Sip.Transactions;

namespace Faxbot.Sip.Calls;

/// <summary>A callee that sent a provisional response with a tag (RFC 3261 12.1), and the PRACKs for those that it sent reliably (RFC 3262 4).</summary>
internal sealed class EarlyDialog(DialogPeer peer) : IClientTransactionUser
{
    private const int MaxTries = 4;
    private uint? _lastNumber;
    private int _tries;

    public SipDialog Dialog => peer.Dialog;

    /// <summary>The answer to our offer that a reliable response had; it stands, whatever the 2xx says (RFC 3262 5). Null while there is none.</summary>
    public SipBody? Answer { get; private set; }

    /// <summary>The number of a response that was sent reliably; null of others.</summary>
    public static uint? NumberOf(SipResponse response) =>
        response.Headers.Require is { } required && required.Contains(Capabilities.ReliableProvisional, StringComparer.OrdinalIgnoreCase)
        && uint.TryParse(response.Headers[SipHeaderNames.RSeq], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>Acknowledges a reliable response; false when it is a repetition, or one before it is missing: then it must not be looked at (RFC 3262 4).</summary>
    public bool TryAcknowledge(SipResponse response, uint number, TimeSpan now)
    {
        if (_lastNumber is { } last && number != last + 1) return false;
        _lastNumber = number;
        if (SipBody.Of(response) is { IsSdp: true } body) Answer ??= body;
        _tries = 0;
        Send($"{number} {response.CSeq.Number} {response.CSeq.Method.Name}", now);
        return true;
    }

    public void HandleResponse(ClientTransaction transaction, SipResponse response, TimeSpan now)
    {
        if (!response.IsProvisional && _tries < MaxTries && peer.Authorization.TryLearn(transaction.Request, response))
        {
            Send(transaction.Request.Headers[SipHeaderNames.RAck]!, now);
        }
    }

    // The callee repeats its response until it gives the call up itself (RFC 3262 3); the INVITE's end tells us.
    public void HandleFailure(ClientTransaction transaction, SipFailureOrigin origin, TimeSpan now)
    {
    }

    private void Send(string acknowledged, TimeSpan now)
    {
        _tries++;
        var request = peer.Dialog.CreateRequest(SipMethod.Prack);
        request.Headers[SipHeaderNames.RAck] = acknowledged;
        peer.Send(this, request, now);
    }
}
