using Faxbot.Sip.Messages;
using Faxbot.Sip.Transactions;

namespace Faxbot.Sip.Calls;

/// <summary>A re-INVITE, or an UPDATE with a body, of the peer's that is not answered yet.</summary>
internal sealed class IncomingOffer(SessionOffers offers, ServerTransaction transaction) : IServerTransactionUser
{
    public ServerTransaction Transaction => transaction;

    public bool IsInvite => transaction.Request.Method == SipMethod.Invite;

    public SipBody? Body { get; } = SipBody.Of(transaction.Request);

    public void HandleCancel(SipRequest cancel, TimeSpan now) => offers.HandleCancelled(this, now);
}
