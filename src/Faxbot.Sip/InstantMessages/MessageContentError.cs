namespace Faxbot.Sip.InstantMessages;

/// <summary>Why what a MESSAGE carries cannot be read.</summary>
public enum MessageContentError
{
    None,

    /// <summary>Not one of <see cref="MessageContent.Accepted"/>, or text in a character set that is not known here.</summary>
    UnsupportedType,

    /// <summary>Compressed, or otherwise encoded.</summary>
    UnsupportedEncoding,

    /// <summary>Not what its type says.</summary>
    Malformed,
}
