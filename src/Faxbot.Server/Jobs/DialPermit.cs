namespace Faxbot.Server.Jobs;

/// <summary>Whether a line of the gateway's own may place the call of an attempt.</summary>
internal enum DialPermit
{
    /// <summary>Yes, once: it is on the disk that the call was placed.</summary>
    Granted,
    /// <summary>No: it was given before.</summary>
    AlreadyDialled,
    /// <summary>No: there is no such attempt, or it has ended.</summary>
    NotOpen,
    /// <summary>No: the owner does not want it any more.</summary>
    Cancelled,
    /// <summary>No: another gateway has the fax by now.</summary>
    LeaseLost,
}
