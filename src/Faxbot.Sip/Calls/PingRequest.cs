using System.Net;
using Faxbot.Sip.Messages;
using Faxbot.Sip.Transactions;

namespace Faxbot.Sip.Calls;

/// <summary>OPTIONS outside a dialog (RFC 3261 11.1).</summary>
internal sealed class PingRequest(UserAgentCore core, SipPing ping, IPEndPoint local, TimeSpan start) : IClientTransactionUser
{
    public void Send(SipNameAddr from)
    {
        var request = core.CreateOptions(ping.Target, from, core.ContactAt(local, ping.NextHop.Transport, from.Uri.User));
        core.SendRequest(this, request, ping.NextHop, local, start);
    }

    public void HandleResponse(ClientTransaction transaction, SipResponse response, TimeSpan now)
    {
        if (response.IsFinal)
        {
            core.Report(new SipOutput.PingDone(ping with { Response = response, Elapsed = now - start }));
        }
    }

    public void HandleFailure(ClientTransaction transaction, SipFailureOrigin origin, TimeSpan now) =>
        core.Report(new SipOutput.PingDone(ping with { Failure = SipFailure.Local(origin), Elapsed = now - start }));
}
