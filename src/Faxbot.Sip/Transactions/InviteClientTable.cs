using static Faxbot.Sip.Transactions.TransactionActions;
using static Faxbot.Sip.Transactions.TransactionEvent;
using static Faxbot.Sip.Transactions.TransactionState;

namespace Faxbot.Sip.Transactions;

/// <summary>RFC 3261 17.1.1, figure 5, with the Accepted state of RFC 6026 7.2.</summary>
internal static class InviteClientTable
{
    private const TransactionActions StopTimers = StopRetransmit | StopTimeout;

    public static (TransactionState Next, TransactionActions Actions) Next(TransactionState state, TransactionEvent @event) =>
        (state, @event) switch
        {
            (Initial, Start) => (Calling, Send | StartRetransmit | StartTimeout),

            (Calling, Retransmit) => (Calling, Send | BackOff),
            (Calling, TimedOut) => (Terminated, ReportTimeout),
            (Calling, TransportError) => (Terminated, ReportTransportError),
            (Calling, Provisional) => (Proceeding, StopTimers | Pass),
            (Calling, Success) => (Accepted, StopTimers | StartLinger | Pass),
            (Calling, Failure) => (Completed, SendAck | StopTimers | StartLinger | Pass),
            (Calling, Abandon) => (Terminated, None),

            (Proceeding, Provisional) => (Proceeding, Pass),
            (Proceeding, Success) => (Accepted, StartLinger | Pass),
            (Proceeding, Failure) => (Completed, SendAck | StartLinger | Pass),
            (Proceeding, Abandon) => (Terminated, None),

            // RFC 6026 7.2: every further 2xx, of this branch of a fork or another, goes up and is acknowledged there.
            (Accepted, Success) => (Accepted, Pass),
            (Accepted, Linger) => (Terminated, None),

            (Completed, Failure) => (Completed, SendAck),
            (Completed, TransportError) => (Terminated, ReportTransportError),
            (Completed, Linger) => (Terminated, None),

            _ => (state, None),
        };
}
