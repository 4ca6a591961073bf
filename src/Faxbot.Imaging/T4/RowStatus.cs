namespace Faxbot.Imaging.T4;

/// <summary>What <see cref="FaxDecoder.TryReadRow"/> found.</summary>
public enum RowStatus
{
    /// <summary>A row was decoded.</summary>
    Row,
    /// <summary>A row was damaged; the last good row stands in its place and <see cref="FaxDecoder.BadRows"/> was raised.</summary>
    BadRow,
    /// <summary>The data so far ends within a row.</summary>
    NeedMoreData,
    /// <summary>RTC, EOFB or the end of the data.</summary>
    EndOfPage,
}
