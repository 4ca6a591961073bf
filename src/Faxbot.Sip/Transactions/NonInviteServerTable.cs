using static Faxbot.Sip.Transactions.TransactionActions;
using static Faxbot.Sip.Transactions.TransactionEvent;
using static Faxbot.Sip.Transactions.TransactionState;

namespace Faxbot.Sip.Transactions;

/// <summary>RFC 3261 17.2.2, figure 8.</summary>
internal static class NonInviteServerTable
{
    public static (TransactionState Next, TransactionActions Actions) Next(TransactionState state, TransactionEvent @event) =>
        (state, @event) switch
        {
            (Initial, Start) => (Trying, Pass),

            (Trying, Provisional) => (Proceeding, Send),
            (Trying, Success or Failure) => (Completed, Send | StartLinger),

            (Proceeding, Request) => (Proceeding, Send),
            (Proceeding, Provisional) => (Proceeding, Send),
            (Proceeding, Success or Failure) => (Completed, Send | StartLinger),
            (Proceeding, TransportError) => (Terminated, ReportTransportError),

            (Completed, Request) => (Completed, Send),
            (Completed, TransportError) => (Terminated, ReportTransportError),
            (Completed, Linger) => (Terminated, None),

            _ => (state, None),
        };
}
