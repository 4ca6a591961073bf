namespace Faxbot.Sip.Transactions;

/// <summary>What can happen to a transaction. In a client "response" was received; in a server it comes from the user.</summary>
internal enum TransactionEvent
{
    Start,
    Provisional,
    Success,
    Failure,

    /// <summary>The request again (server side): a retransmission.</summary>
    Request,
    Ack,

    /// <summary>Timer A, E or G.</summary>
    Retransmit,

    /// <summary>Timer B, F or H.</summary>
    TimedOut,

    /// <summary>Timer D, I, J, K, L or M.</summary>
    Linger,
    TransportError,

    /// <summary>The user no longer waits for a final response (RFC 3261 9.1: a cancelled INVITE that never gets one).</summary>
    Abandon,
}
