using Faxbot.Sdk.Numbers;

namespace Faxbot.Sdk.Faxes;

/// <summary>A fax that came in at the provider and can be fetched.</summary>
/// <param name="ProviderId">Its id there; the same fax has the same id however often it is told.</param>
/// <param name="At">When it came.</param>
public sealed record InboundNotice(string ProviderId, DateTimeOffset At)
{
    /// <summary>Which of our numbers was called.</summary>
    public PhoneNumber? To { get; init; }

    /// <summary>Who called, as far as told.</summary>
    public PhoneNumber? From { get; init; }

    /// <summary>How many pages.</summary>
    public int? Pages { get; init; }
}

/// <summary>A fax that was fetched.</summary>
/// <param name="Notice">What it is.</param>
/// <param name="File">The document: a name in the plugin's folder; PDF or TIFF.</param>
public sealed record ReceivedFax(InboundNotice Notice, string File);
