using Faxbot.Sip.Messages;
using Faxbot.Sip.Transactions;

namespace Faxbot.Sip.Calls;

/// <summary>For requests whose outcome shows elsewhere: a CANCEL's in the final response to its INVITE.</summary>
internal sealed class IgnoredResponses : IClientTransactionUser
{
    public static IgnoredResponses Instance { get; } = new();

    public void HandleResponse(ClientTransaction transaction, SipResponse response, TimeSpan now)
    {
    }

    public void HandleFailure(ClientTransaction transaction, SipFailureOrigin origin, TimeSpan now)
    {
    }
}
