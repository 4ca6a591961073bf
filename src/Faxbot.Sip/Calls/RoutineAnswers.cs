using Faxbot.Sip.Messages;
using Faxbot.Sip.Transactions;

namespace Faxbot.Sip.Calls;

/// <summary>Answers to requests that change nothing: OPTIONS, and within a dialog UPDATE without a body, and INFO.</summary>
internal static class RoutineAnswers
{
    /// <param name="core">The user agent.</param>
    /// <param name="transaction">The request, in order.</param>
    /// <param name="session">The session, or null while there is none yet.</param>
    /// <param name="now">The time.</param>
    public static void Answer(UserAgentCore core, ServerTransaction transaction, InviteSession? session, TimeSpan now)
    {
        var request = transaction.Request;
        if (request.Method == SipMethod.Update)
        {
            AnswerUpdate(core, transaction, session, now);
        }
        else if (request.Method == SipMethod.Options)
        {
            var response = core.CreateResponse(transaction, 200);
            core.Capabilities.WriteAll(response);
            transaction.Respond(response, now);
        }
        else if (request.Method == SipMethod.Info)
        {
            AnswerInfo(core, transaction, now);
        }
        else if (request.Method == SipMethod.Message)
        {
            // A call of ours is no conversation, and 481 would end it (RFC 5057 5.1).
            UasRules.RefuseMessage(core, transaction, now);
        }
        else
        {
            core.Respond(transaction, 481, now);
        }
    }

    private static void AnswerUpdate(UserAgentCore core, ServerTransaction transaction, InviteSession? session, TimeSpan now)
    {
        if (SessionTimer.IsTooShort(transaction.Request))
        {
            UasRules.RefuseInterval(core, transaction, now);
            return;
        }

        session?.Peer.Refresh(transaction.Request, transaction.Source);
        transaction.Respond(session?.CreateSuccess(transaction, now) ?? core.CreateResponse(transaction, 200), now);
    }

    // RFC 6086 4.2.2: an unknown package is 469, a legacy body that means nothing here 415; without either, INFO is a sign of life.
    private static void AnswerInfo(UserAgentCore core, ServerTransaction transaction, TimeSpan now)
    {
        var request = transaction.Request;
        if (request.Headers.Contains("Info-Package"))
        {
            var response = core.CreateResponse(transaction, 469, "Bad Info Package");
            response.Headers.Add("Recv-Info", "nil");
            transaction.Respond(response, now);
            return;
        }

        core.Respond(transaction, request.Body.IsEmpty ? 200 : 415, now);
    }
}
