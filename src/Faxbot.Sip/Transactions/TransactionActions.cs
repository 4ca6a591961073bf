namespace Faxbot.Sip.Transactions;

/// <summary>What a transition asks the transaction to do, in the order of the bits.</summary>
[Flags]
internal enum TransactionActions
{
    None = 0,

    /// <summary>Send the request (client) or the latest response (server).</summary>
    Send = 1 << 0,

    /// <summary>Send the ACK of a failure response (RFC 3261 17.1.1.3).</summary>
    SendAck = 1 << 1,

    /// <summary>Start timer A, E or G at T1; nothing on a reliable transport.</summary>
    StartRetransmit = 1 << 2,

    /// <summary>Restart the retransmission timer with its interval doubled (and capped where the figure says so).</summary>
    BackOff = 1 << 3,

    /// <summary>Restart timer E at T2 (RFC 3261 17.1.2.2, Proceeding).</summary>
    RetransmitSlowly = 1 << 4,
    StopRetransmit = 1 << 5,

    /// <summary>Start timer B, F or H.</summary>
    StartTimeout = 1 << 6,
    StopTimeout = 1 << 7,

    /// <summary>Start the timer that keeps the state for stragglers: D, I, J, K, L or M.</summary>
    StartLinger = 1 << 8,

    /// <summary>Hand the message to the transaction user.</summary>
    Pass = 1 << 9,
    ReportTimeout = 1 << 10,
    ReportTransportError = 1 << 11,
}
