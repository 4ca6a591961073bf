using Faxbot.Sip.Messages;
using Faxbot.Sip.Transactions;

namespace Faxbot.Sip.Calls;

/// <summary>Our BYE (RFC 3261 15.1.1). Whatever comes back, or nothing, the dialog is over then.</summary>
internal sealed class ByeRequest(DialogPeer peer, SipReason? reason, Action<TimeSpan> done) : IClientTransactionUser
{
    private const int MaxTries = 4;
    private int _tries;

    public void Send(TimeSpan now)
    {
        _tries++;
        var bye = peer.Dialog.CreateRequest(SipMethod.Bye);
        if (reason is not null)
        {
            bye.Headers.Reasons = [reason];
        }

        peer.Send(this, bye, now);
    }

    public void HandleResponse(ClientTransaction transaction, SipResponse response, TimeSpan now)
    {
        if (response.IsProvisional)
        {
            return;
        }

        if (_tries < MaxTries && peer.Authorization.TryLearn(transaction.Request, response))
        {
            Send(now);
            return;
        }

        done(now);
    }

    public void HandleFailure(ClientTransaction transaction, SipFailureOrigin origin, TimeSpan now) => done(now);
}
