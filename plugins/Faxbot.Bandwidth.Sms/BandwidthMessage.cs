namespace Faxbot.Bandwidth.Sms;

/// <summary>What Bandwidth is asked to send; the tag comes back with what is told of the message.</summary>
internal sealed record BandwidthOutgoing(string ApplicationId, IReadOnlyList<string> To, string From, string Text, string Tag);

/// <summary>A message, as the answer to sending and in webhooks.</summary>
internal sealed record BandwidthMessage(string Id, string? Owner = null, string? From = null, string? Text = null);

/// <summary>Messages that a search found.</summary>
internal sealed record BandwidthMessages(IReadOnlyList<BandwidthFound> Messages);

/// <summary>One of them.</summary>
internal sealed record BandwidthFound(string MessageId, string MessageStatus, int? ErrorCode = null);

/// <summary>One event of a webhook, which is an array of them.</summary>
internal sealed record BandwidthEvent(string Time, string Type, BandwidthMessage Message, string? To = null, int? ErrorCode = null);
