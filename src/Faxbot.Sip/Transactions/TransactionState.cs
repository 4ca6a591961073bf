namespace Faxbot.Sip.Transactions;

/// <summary>The states of RFC 3261 figures 5 to 8, with RFC 6026's Accepted.</summary>
internal enum TransactionState
{
    /// <summary>Made, but nothing sent or handed up yet.</summary>
    Initial,
    Calling,
    Trying,
    Proceeding,
    Accepted,
    Completed,
    Confirmed,
    Terminated,
}
