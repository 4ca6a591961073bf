namespace Faxbot.Sdk.Faxes;

/// <summary>What the call is to be like. The trunk's own limits hold besides.</summary>
public sealed record FaxOptions
{
    /// <summary>The page to begin with, counted from 0: the ones before it were confirmed in an earlier attempt.</summary>
    public int FirstPage { get; init; }

    /// <summary>Whether error correction may be used.</summary>
    public bool Ecm { get; init; } = true;

    /// <summary>The highest rate, bits per second.</summary>
    public int MaxBitRate { get; init; } = 14_400;

    /// <summary>The medium that the last attempt showed to be needed; null leaves it to the trunk profile.</summary>
    public Outcomes.FaxMedium? Medium { get; init; }

    /// <summary>The station's name in the fax session, up to 20 characters; null takes the caller number, empty gives none.</summary>
    public string? StationId { get; init; }

    /// <summary>A subaddress at the receiver (SUB), up to 20 digits.</summary>
    public string? Subaddress { get; init; }

    /// <summary>The password that the receiver asks for (SID or PWD), up to 20 characters.</summary>
    public string? SenderPassword { get; init; }
}
