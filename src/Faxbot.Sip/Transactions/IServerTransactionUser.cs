using Faxbot.Sip.Messages;

namespace Faxbot.Sip.Transactions;

/// <summary>Who answers an INVITE of the peer's.</summary>
internal interface IServerTransactionUser
{
    /// <summary>The peer cancelled it; the CANCEL itself is answered already.</summary>
    void HandleCancel(SipRequest cancel, TimeSpan now);
}
