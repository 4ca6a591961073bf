using Faxbot.Sip.Messages;
using Faxbot.Sip.Transactions;

namespace Faxbot.Sip.Calls;

/// <summary>The checks that every request passes before anything looks at its meaning (RFC 3261 8.2), in that section's order.</summary>
internal static class UasRules
{
    /// <summary>True when the request was refused.</summary>
    public static bool TryRefuse(UserAgentCore core, ServerTransaction transaction, bool isMerged, TimeSpan now)
    {
        var request = transaction.Request;
        if (!core.Capabilities.Knows(request.Method))
        {
            // 8.2.1
            Refuse(core, transaction, 405, now, core.Capabilities.WriteAllow);
        }
        else if (!request.RequestUri.IsSip && request.RequestUri.Scheme != "tel")
        {
            // 8.2.2.1
            Refuse(core, transaction, 416, now);
        }
        else if (request.Method == SipMethod.Cancel)
        {
            return false;
        }
        else if (isMerged)
        {
            // 8.2.2.2
            Refuse(core, transaction, 482, now);
        }
        else if (Capabilities.Lacking(request) is { Count: > 0 } lacking)
        {
            // 8.2.2.3
            Refuse(core, transaction, 420, now, response => response.Headers.Unsupported = lacking);
        }
        else if (IsOffer(request) && !CanRead(request))
        {
            // 8.2.3
            Refuse(core, transaction, 415, now, response =>
            {
                Capabilities.WriteAccept(response);
                response.Headers["Accept-Encoding"] = "identity";
            });
        }
        else if (request.Method == SipMethod.Invite && request.Headers.Contact is null)
        {
            // 8.1.1.8: an INVITE must have a Contact.
            transaction.Respond(core.CreateResponse(transaction, 400, "Missing Contact"), now);
        }
        else
        {
            return false;
        }

        return true;
    }

    /// <summary>RFC 4028 9: 422 with the shortest interval that we honour.</summary>
    public static void RefuseInterval(UserAgentCore core, ServerTransaction transaction, TimeSpan now) =>
        Refuse(core, transaction, 422, now, response => response.Headers.MinSE = SessionTimer.Minimum);

    /// <summary>RFC 3261 21.4.6: 405 to a MESSAGE that nobody takes here.</summary>
    public static void RefuseMessage(UserAgentCore core, ServerTransaction transaction, TimeSpan now) =>
        Refuse(core, transaction, 405, now, Capabilities.WriteAllowWithoutMessage);

    private static void Refuse(UserAgentCore core, ServerTransaction transaction, int status, TimeSpan now, Action<SipResponse>? complete = null)
    {
        var response = core.CreateResponse(transaction, status);
        complete?.Invoke(response);
        transaction.Respond(response, now);
    }

    private static bool IsOffer(SipRequest request) =>
        !request.Body.IsEmpty && (request.Method == SipMethod.Invite || request.Method == SipMethod.Update);

    private static bool CanRead(SipRequest request) =>
        SipBody.Of(request)!.IsSdp
        && (request.Headers["Content-Encoding"] is not { } encoding || encoding.Equals("identity", StringComparison.OrdinalIgnoreCase));
}
