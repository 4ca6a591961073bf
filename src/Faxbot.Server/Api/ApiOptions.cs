using Faxbot.Sdk.Faxes;
using Faxbot.Server.Configuration;

namespace Faxbot.Server.Api;

/// <summary>What the operator says about the API.</summary>
internal sealed record ApiOptions
{
    /// <summary>How others reach this gateway, for the links that it gives; null takes the address that the request went to.</summary>
    public Uri? PublicAddress { get; init; }

    /// <summary>The largest document, in octets.</summary>
    public long MostDocumentOctets { get; init; } = 10_000_000;

    /// <summary>The country of numbers that are written without one, as ISO 3166-1 alpha-2; null takes such numbers as they are.</summary>
    public string? Country { get; init; }

    /// <summary>How finely pages are drawn where the fax does not say.</summary>
    public PageQuality Quality { get; init; }

    /// <summary>Requests a minute of one key.</summary>
    public int RequestsPerMinute { get; init; } = 600;

    /// <summary>Requests a minute from one address that shows no key: webhooks of providers, documents by token.</summary>
    public int AnonymousPerMinute { get; init; } = 600;

    /// <summary>How long a link to a document is valid.</summary>
    public TimeSpan DocumentLinkLifetime { get; init; } = TimeSpan.FromMinutes(30);

    public static ApiOptions Of(GatewayOptions gateway) => new()
    {
        PublicAddress = gateway.PublicAddress,
        MostDocumentOctets = gateway.Documents.MaxSize.Octets,
        Quality = gateway.Fax.Quality,
        Country = gateway.Fax.DefaultCountry?.Letters,
        RequestsPerMinute = gateway.Limits.RequestsPerMinute,
        AnonymousPerMinute = gateway.Limits.AnonymousRequestsPerMinute,
    };
}
