using Faxbot.Sdk.Numbers;

namespace Faxbot.Server.Lines.Media;

/// <summary>Whom something is known of.</summary>
/// <param name="Number">The far end.</param>
/// <param name="Trunk">The plugin whose trunk the calls go over.</param>
/// <param name="Direction">Who calls.</param>
internal readonly record struct MediaParty(PhoneNumber Number, string Trunk, MediaDirection Direction);

/// <summary>Who calls.</summary>
internal enum MediaDirection
{
    /// <summary>We do.</summary>
    Outbound,
    /// <summary>The far end does.</summary>
    Inbound,
}
