namespace Faxbot.Sip.InstantMessages;

/// <summary>Why octets are no CPIM message.</summary>
public enum CpimError
{
    None,

    /// <summary>The empty line behind the header fields is missing.</summary>
    NoContent,

    /// <summary>A line that is no header field.</summary>
    BadHeader,

    TooManyHeaders,

    HeaderTooLong,

    /// <summary>The content does not say what it is.</summary>
    NoContentType,
}
