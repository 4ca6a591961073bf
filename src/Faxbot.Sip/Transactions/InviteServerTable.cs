using static Faxbot.Sip.Transactions.TransactionActions;
using static Faxbot.Sip.Transactions.TransactionEvent;
using static Faxbot.Sip.Transactions.TransactionState;

namespace Faxbot.Sip.Transactions;

/// <summary>RFC 3261 17.2.1, figure 7, with the Accepted state of RFC 6026 7.1.</summary>
internal static class InviteServerTable
{
    public static (TransactionState Next, TransactionActions Actions) Next(TransactionState state, TransactionEvent @event) =>
        (state, @event) switch
        {
            (Initial, Start) => (Proceeding, Pass),

            (Proceeding, Request) => (Proceeding, Send),
            (Proceeding, Provisional) => (Proceeding, Send),
            (Proceeding, Success) => (Accepted, Send | StartLinger),
            (Proceeding, Failure) => (Completed, Send | StartRetransmit | StartTimeout),

            // RFC 6026 7.1: a failed send is reported and the state stays, since the peer's next retransmission may be answered.
            (Proceeding or Accepted, TransportError) => (state, ReportTransportError),

            // The 2xx is repeated by the user until the ACK, which is a request of its own, reaches the dialog.
            (Accepted, Success) => (Accepted, Send),
            (Accepted, Ack) => (Accepted, Pass),
            (Accepted, Linger) => (Terminated, None),

            (Completed, Request) => (Completed, Send),
            (Completed, Retransmit) => (Completed, Send | BackOff),
            (Completed, Ack) => (Confirmed, StopRetransmit | StopTimeout | StartLinger),
            (Completed, TimedOut) => (Terminated, ReportTimeout),
            (Completed, TransportError) => (Completed, ReportTransportError),

            (Confirmed, Linger) => (Terminated, None),

            _ => (state, None),
        };
}
