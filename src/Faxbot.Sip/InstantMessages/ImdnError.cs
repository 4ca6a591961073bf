namespace Faxbot.Sip.InstantMessages;

/// <summary>Why octets are no notice.</summary>
public enum ImdnError
{
    None,

    /// <summary>Not well formed, or with a document type, which a notice never has.</summary>
    BadXml,

    /// <summary>Not the imdn element, or nothing of what it must say.</summary>
    NotANotice,
}
