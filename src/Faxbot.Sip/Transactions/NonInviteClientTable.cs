using static Faxbot.Sip.Transactions.TransactionActions;
using static Faxbot.Sip.Transactions.TransactionEvent;
using static Faxbot.Sip.Transactions.TransactionState;

namespace Faxbot.Sip.Transactions;

/// <summary>RFC 3261 17.1.2, figure 6.</summary>
internal static class NonInviteClientTable
{
    private const TransactionActions Finish = StopRetransmit | StopTimeout | StartLinger | Pass;

    public static (TransactionState Next, TransactionActions Actions) Next(TransactionState state, TransactionEvent @event) =>
        (state, @event) switch
        {
            (Initial, Start) => (Trying, Send | StartRetransmit | StartTimeout),

            (Trying, Retransmit) => (Trying, Send | BackOff),
            (Trying, TimedOut) => (Terminated, ReportTimeout),
            (Trying, TransportError) => (Terminated, ReportTransportError),
            (Trying, Provisional) => (Proceeding, Pass),
            (Trying, Success or Failure) => (Completed, Finish),
            (Trying, Abandon) => (Terminated, None),

            (Proceeding, Retransmit) => (Proceeding, Send | RetransmitSlowly),
            (Proceeding, TimedOut) => (Terminated, ReportTimeout),
            (Proceeding, TransportError) => (Terminated, ReportTransportError),
            (Proceeding, Provisional) => (Proceeding, Pass),
            (Proceeding, Success or Failure) => (Completed, Finish),
            (Proceeding, Abandon) => (Terminated, None),

            (Completed, Linger) => (Terminated, None),

            _ => (state, None),
        };
}
