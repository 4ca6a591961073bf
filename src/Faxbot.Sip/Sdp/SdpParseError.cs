namespace Faxbot.Sip.Sdp;

/// <summary>Why octets were refused as a session description, or <see cref="None"/>.</summary>
public enum SdpParseError
{
    None,
    /// <summary>More octets than <see cref="SdpLimits.MaxLength"/>.</summary>
    TooLong,
    /// <summary>More lines than <see cref="SdpLimits.MaxLines"/>.</summary>
    TooManyLines,
    /// <summary>More media than <see cref="SdpLimits.MaxMedia"/>.</summary>
    TooManyMedia,
    /// <summary>It does not begin with <c>v=0</c>.</summary>
    BadVersion,
    /// <summary>A line is not a letter, an equals sign and a value.</summary>
    BadLine,
    /// <summary>There is no <c>o=</c>, or it cannot be read.</summary>
    BadOrigin,
    /// <summary>A <c>c=</c> cannot be read.</summary>
    BadConnection,
    /// <summary>An <c>m=</c> cannot be read.</summary>
    BadMedia,
}
