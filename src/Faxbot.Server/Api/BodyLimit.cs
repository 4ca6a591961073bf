using Microsoft.AspNetCore.Http.Metadata;

namespace Faxbot.Server.Api;

/// <summary>How large the body of a request to an endpoint may be, where <see cref="HttpLimits.Json"/> is not what it needs.</summary>
/// <param name="Octets">At most so many.</param>
internal sealed record BodyLimit(long Octets) : IRequestSizeLimitMetadata
{
    public long? MaxRequestBodySize => Octets;
}
