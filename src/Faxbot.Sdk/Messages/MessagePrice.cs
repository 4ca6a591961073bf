using Faxbot.Sdk.Accounts;
using Faxbot.Sdk.Numbers;

namespace Faxbot.Sdk.Messages;

/// <summary>A message of which the price is asked before it is sent.</summary>
public sealed record MessagePriceQuery
{
    /// <summary>Who would receive.</summary>
    public required PhoneNumber To { get; init; }

    /// <summary>Who would send; null leaves it to the plugin's settings.</summary>
    public PhoneNumber? From { get; init; }

    /// <summary>Into how many segments the text is cut.</summary>
    public required int Segments { get; init; }

    /// <summary>How it is coded.</summary>
    public required MessageEncoding Encoding { get; init; }
}

/// <summary>What a message would cost.</summary>
/// <param name="Total">All its segments; null when it is not known.</param>
public sealed record MessagePrice(Money? Total);
