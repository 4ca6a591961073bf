using System.Runtime.CompilerServices;
using Faxbot.Lines.Embedded.Signalling.Names;
using Faxbot.Sdk.Trunks;
using Faxbot.Sip.Transports;

namespace Faxbot.Lines.Embedded.Signalling;

/// <summary>In which order the places of a trunk's servers are tried. Thread-safe.</summary>
internal sealed class ServerChoice(HopResolver resolver, TimeProvider time)
{
    /// <summary>What is known of the places.</summary>
    public HopHealth Health { get; } = new(time);

    /// <summary>
    /// The places for a call to <paramref name="number"/>, each found when it is its turn: servers that are for the number, by priority and as
    /// listed, and behind all others those that failed lately.
    /// </summary>
    public async IAsyncEnumerable<ServerHop> FindAsync(TrunkProfile trunk, string number, [EnumeratorCancellation] CancellationToken cancel)
    {
        HashSet<SipHop> seen = [];
        List<(ServerHop Place, DateTimeOffset Until)> shunned = [];
        foreach (var server in Ordered(trunk).Where(server => IsFor(server, number)))
        {
            foreach (var hop in await resolver.ResolveAsync(trunk, server, cancel))
            {
                if (!seen.Add(hop)) continue;
                var place = new ServerHop(server, hop);
                if (Health.ShunnedUntil(hop) is { } until) shunned.Add((place, until));
                else yield return place;
            }
        }

        foreach (var (place, _) in shunned.OrderBy(entry => entry.Until)) yield return place;
    }

    /// <summary>The places of one server.</summary>
    public Task<IReadOnlyList<SipHop>> ResolveAsync(TrunkProfile trunk, TrunkServer server, CancellationToken cancel) => resolver.ResolveAsync(trunk, server, cancel);

    /// <summary>The servers of a trunk by priority and as listed.</summary>
    public static IEnumerable<TrunkServer> Ordered(TrunkProfile trunk) => trunk.Servers.OrderBy(server => server.Priority);

    /// <summary>The first server that is for <paramref name="number"/>; where none is, the first of all.</summary>
    public static TrunkServer For(TrunkProfile trunk, string number) => Ordered(trunk).FirstOrDefault(server => IsFor(server, number)) ?? Ordered(trunk).First();

    /// <summary>The hosts of a trunk as the beginning of a sentence.</summary>
    public static string Names(TrunkProfile trunk) => trunk.Servers is [var only] ? $"The name {only.Host}" : $"None of {string.Join(", ", Ordered(trunk).Select(server => server.Host))}";

    private static bool IsFor(TrunkServer server, string number) =>
        server.Destinations.Count == 0 || server.Destinations.Any(prefix => number.StartsWith(prefix, StringComparison.Ordinal));
}
