namespace Faxbot.Server.Api;

/// <summary>What the operator says about the API.</summary>
internal sealed record ApiOptions
{
    /// <summary>How others reach this gateway, for the links that it gives; null makes links without a host.</summary>
    public Uri? PublicAddress { get; init; }

    /// <summary>The largest document, in octets.</summary>
    public long MostDocumentOctets { get; init; } = 10 * 1024 * 1024;

    /// <summary>The country of numbers that are written without one, as ISO 3166-1 alpha-2; null takes such numbers as they are.</summary>
    public string? Country { get; init; }

    /// <summary>Requests a second of one key, on the long run.</summary>
    public int RequestsPerSecond { get; init; } = 20;

    /// <summary>Requests of one key at once.</summary>
    public int RequestBurst { get; init; } = 200;

    /// <summary>Requests a second from one address that shows no key: webhooks of providers, documents by token.</summary>
    public int AnonymousPerSecond { get; init; } = 10;

    /// <summary>Such requests at once.</summary>
    public int AnonymousBurst { get; init; } = 100;

    /// <summary>How long a link to a document is valid.</summary>
    public TimeSpan DocumentLinkLifetime { get; init; } = TimeSpan.FromMinutes(30);
}
