using Faxbot.Sip.Calls;
using Faxbot.Sip.Messages;

namespace Faxbot.Sip.Transactions;

/// <summary>Who sent a request and waits for its responses.</summary>
internal interface IClientTransactionUser
{
    void HandleResponse(ClientTransaction transaction, SipResponse response, TimeSpan now);

    /// <summary>No final response will come.</summary>
    void HandleFailure(ClientTransaction transaction, SipFailureOrigin origin, TimeSpan now);
}
