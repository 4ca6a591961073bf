using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Faxbot.Server.Keys;
using Microsoft.AspNetCore.RateLimiting;

namespace Faxbot.Server.Api;

/// <summary>How often a key may ask, and how often an address that shows none.</summary>
internal static class RateLimits
{
    /// <summary>The policy of endpoints that answer with a stream of events.</summary>
    public const string Streams = "streams";

    // The hosts of one IPv6 network have one prefix of this length (RFC 6177).
    private const int NetworkOctets = 8;
    private const int SecondsOfMinute = 60;

    public static void Configure(RateLimiterOptions limiter, ApiOptions options)
    {
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http => http.Features.Get<Caller>() is { } caller
            ? RateLimitPartition.GetTokenBucketLimiter("key " + caller.KeyId, _ => Bucket(options.RequestsPerMinute))
            : RateLimitPartition.GetTokenBucketLimiter(Network(http.Connection.RemoteIpAddress), _ => Bucket(options.AnonymousPerMinute)));
        limiter.AddPolicy(Streams, http => RateLimitPartition.GetConcurrencyLimiter(
            http.Features.Get<Caller>()?.KeyId ?? "", _ => new ConcurrencyLimiterOptions { PermitLimit = HttpLimits.StreamsOfKey }));
        limiter.OnRejected = RejectAsync;
    }

    private static TokenBucketRateLimiterOptions Bucket(int perMinute) => new()
    {
        TokenLimit = perMinute,
        TokensPerPeriod = Math.Max(1, perMinute / SecondsOfMinute),
        ReplenishmentPeriod = TimeSpan.FromSeconds(Math.Max(1, SecondsOfMinute / perMinute)),
        QueueLimit = 0,
    };

    private static async ValueTask RejectAsync(OnRejectedContext rejected, CancellationToken cancel)
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        rejected.HttpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        await Problems.Of(ProblemKind.TooManyRequests, $"Wait {seconds} s before the next request.").ExecuteAsync(rejected.HttpContext);
    }

    private static string Network(IPAddress? address) => address switch
    {
        null => "address unknown",
        { IsIPv4MappedToIPv6: true } => "address " + address.MapToIPv4(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => "network " + Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, NetworkOctets)),
        _ => "address " + address,
    };
}
