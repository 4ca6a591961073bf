namespace Faxbot.Server.Content;

/// <summary>Content cannot be stored or read.</summary>
/// <param name="message">A sentence for the operator, without personal data.</param>
/// <param name="inner">What caused it.</param>
internal abstract class ContentException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>There is no such content, or not any more.</summary>
internal sealed class ContentMissingException(string id) : ContentException($"Content {id} is not stored here, or not any more.");

/// <summary>What is stored is not what was put there.</summary>
internal sealed class ContentDamagedException(string what, Exception? inner = null)
    : ContentException($"{what} is damaged: it was changed or cut off after it was stored. Restore it from a backup.", inner);

/// <summary>The key that sealed it is not in the key ring.</summary>
internal sealed class KeyMissingException(string what, string keyId)
    : ContentException($"{what} was sealed with key {keyId}, which the key ring does not have. Restore the key ring from a backup.");

/// <summary>It has more octets than it may have.</summary>
internal sealed class ContentTooLargeException(long mostOctets) : ContentException($"The content has more than {mostOctets} octets.")
{
    public long MostOctets { get; } = mostOctets;
}
