using Faxbot.Sdk.Trunks;

namespace Faxbot.Lines.Asterisk.Messages;

/// <summary>A text message to be sent as SIP MESSAGE.</summary>
/// <param name="Trunk">The trunk that carries it.</param>
/// <param name="Endpoint">Its endpoint in Asterisk.</param>
/// <param name="To">The number, E.164 with plus sign or as the trunk takes it.</param>
/// <param name="From">The sender; null leaves it to the trunk profile.</param>
/// <param name="Text">What it says: up to 740 octets in UTF-8, which is what the manager interface carries.</param>
public sealed record OutboundText(TrunkProfile Trunk, string Endpoint, string To, string? From, string Text);

/// <summary>What became of a text message.</summary>
/// <param name="IsAccepted">Whether Asterisk took it; whether it arrives, Asterisk does not say.</param>
/// <param name="MayBeSent">Whether it may have been sent although nobody said so: the connection was lost after it was handed over.</param>
/// <param name="Problem">Why it was not taken, in a sentence for people; null when it was.</param>
public sealed record TextHandOver(bool IsAccepted, bool MayBeSent, string? Problem);
