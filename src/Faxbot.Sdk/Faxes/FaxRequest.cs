using Faxbot.Sdk.Context;
using Faxbot.Sdk.Numbers;

namespace Faxbot.Sdk.Faxes;

/// <summary>One attempt to send one fax.</summary>
public sealed record FaxRequest
{
    /// <summary>The fax; the same in all its attempts.</summary>
    public required string JobId { get; init; }

    /// <summary>This attempt: the reference to give to providers that take one, so that it can be looked up.</summary>
    public required string AttemptId { get; init; }

    /// <summary>Who receives.</summary>
    public required PhoneNumber To { get; init; }

    /// <summary>Who sends; null leaves it to the plugin's settings.</summary>
    public PhoneNumber? From { get; init; }

    /// <summary>What is sent.</summary>
    public required DocumentHandle Document { get; init; }

    /// <summary>How the pages are drawn, where the plugin has them drawn.</summary>
    public PageQuality Quality { get; init; }

    /// <summary>What the call is to be like.</summary>
    public FaxOptions Options { get; init; } = new();
}

/// <summary>How pages are drawn.</summary>
public enum PageQuality
{
    /// <summary>Fine: 7.7 lines a millimetre.</summary>
    Fine,
    /// <summary>Standard: 3.85 lines a millimetre.</summary>
    Standard,
    /// <summary>Superfine: 15.4 lines a millimetre.</summary>
    Superfine,
}
