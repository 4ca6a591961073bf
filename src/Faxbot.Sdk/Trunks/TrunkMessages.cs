namespace Faxbot.Sdk.Trunks;

/// <summary>What the trunk makes of text messages (SIP MESSAGE, RFC 3428).</summary>
public sealed record TrunkMessages
{
    /// <summary>
    /// Whether messages ask to be told of their delivery (RFC 5438). They are then wrapped (message/cpim); a far end that does not know that gets the
    /// plain text after its refusal.
    /// </summary>
    public bool DeliveryNotices { get; init; }
}
