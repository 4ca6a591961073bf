using System.Net;
using System.Net.Sockets;
using DnsClient;
using DnsClient.Protocol;

namespace Faxbot.Lines.Embedded.Signalling.Names;

/// <summary>
/// Asks name servers, and remembers what they said for as long as they allow; that there is nothing too (RFC 2308). While no server
/// answers, what was known last still holds (RFC 8767): an outage of the name service stops no fax. Thread-safe.
/// </summary>
/// <param name="servers">Whom to ask; none asks those of the system.</param>
/// <param name="time">The clock.</param>
internal sealed class NameLookup(IReadOnlyList<IPEndPoint> servers, TimeProvider time)
{
    private const int MostRemembered = 2_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestMemory = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestNegativeMemory = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan UsualNegativeMemory = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FailureMemory = TimeSpan.FromSeconds(5);

    // The system's resolver does not tell how long its answers hold.
    private static readonly TimeSpan SystemMemory = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Name, QueryType Type), Remembered<NameAnswer>> _answers = [];
    private readonly Dictionary<(string Name, AddressFamily Family), Remembered<IPAddress[]>> _systemAnswers = [];

    /// <summary>The records of one type at a name, as the server ordered them.</summary>
    public async Task<IReadOnlyList<T>> FindAsync<T>(string name, QueryType type, CancellationToken cancel) where T : DnsResourceRecord
    {
        var key = (name.ToLowerInvariant(), type);
        if (Recall(_answers, key, out var last)) return Of<T>(last!);
        var answer = await AskAsync(name, type, cancel);
        if (!answer.IsKnown && last is { Records.Count: > 0 }) answer = last with { Lifetime = FailureMemory };
        Remember(_answers, key, answer, answer.Lifetime);
        return Of<T>(answer);
    }

    /// <summary>The addresses of a host. Names that only this machine knows (localhost, its hosts file) are found as well.</summary>
    public async Task<IReadOnlyList<IPAddress>> FindAddressesAsync(string host, AddressFamily family, CancellationToken cancel)
    {
        if (servers.Count == 0) return await AskSystemAsync(host, family, cancel);
        var records = await FindAsync<AddressRecord>(host, family == AddressFamily.InterNetworkV6 ? QueryType.AAAA : QueryType.A, cancel);
        return records.Count > 0 ? [.. records.Select(record => record.Address)] : await AskSystemAsync(host, family, cancel);
    }

    private static List<T> Of<T>(NameAnswer answer) => [.. answer.Records.OfType<T>()];

    private async Task<NameAnswer> AskAsync(string name, QueryType type, CancellationToken cancel)
    {
        var ask = servers.Count > 0 ? [.. servers.Select(server => new NameServer(server))] : NameServer.ResolveNameServers(skipIPv6SiteLocal: true, fallbackToGooglePublicDns: false).ToArray();
        if (ask.Length == 0) return new NameAnswer([], IsKnown: false, FailureMemory);
        var client = new LookupClient(new LookupClientOptions(ask) { UseCache = false, ThrowDnsErrors = false, Timeout = Patience, Retries = 1 });
        try
        {
            var said = await client.QueryAsync(name, type, cancellationToken: cancel);
            return Read(said);
        }
        catch (DnsResponseException)
        {
            // No server answered, or none in a way that can be read.
            return new NameAnswer([], IsKnown: false, FailureMemory);
        }
    }

    private static NameAnswer Read(IDnsQueryResponse said)
    {
        if (said.Header.ResponseCode is not (DnsHeaderResponseCode.NoError or DnsHeaderResponseCode.NotExistentDomain))
            return new NameAnswer([], IsKnown: false, FailureMemory);
        if (said.Answers.Count > 0) return new NameAnswer(said.Answers, IsKnown: true, Shorter(Seconds(said.Answers.Min(record => record.TimeToLive)), LongestMemory));
        // RFC 2308 5: as long as the zone's SOA says.
        var zone = said.Authorities.OfType<SoaRecord>().FirstOrDefault();
        var memory = zone is null ? UsualNegativeMemory : Seconds(Math.Min(zone.TimeToLive, zone.Minimum));
        return new NameAnswer([], IsKnown: true, Shorter(memory, LongestNegativeMemory));
    }

    private async Task<IReadOnlyList<IPAddress>> AskSystemAsync(string host, AddressFamily family, CancellationToken cancel)
    {
        var key = (host.ToLowerInvariant(), family);
        if (Recall(_systemAnswers, key, out var last)) return last!;
        try
        {
            var found = await Dns.GetHostAddressesAsync(host, family, cancel);
            Remember(_systemAnswers, key, found, SystemMemory);
            return found;
        }
        catch (SocketException)
        {
            // It does not tell a name without address from a name service that is out.
            Remember(_systemAnswers, key, last ?? [], FailureMemory);
            return last ?? [];
        }
    }

    // True when what is known still holds; what held last is given in any case.
    private bool Recall<TKey, T>(Dictionary<TKey, Remembered<T>> memory, TKey key, out T? known) where TKey : notnull where T : class
    {
        lock (_gate)
        {
            var found = memory.TryGetValue(key, out var entry);
            known = entry?.Answer;
            return found && time.GetElapsedTime(entry!.Since) < entry.Lifetime;
        }
    }

    private void Remember<TKey, T>(Dictionary<TKey, Remembered<T>> memory, TKey key, T answer, TimeSpan lifetime) where TKey : notnull where T : class
    {
        lock (_gate)
        {
            if (memory.Count >= MostRemembered) memory.Clear();
            memory[key] = new Remembered<T>(answer, time.GetTimestamp(), lifetime);
        }
    }

    private static TimeSpan Seconds(long seconds) => TimeSpan.FromSeconds(seconds);

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private sealed record Remembered<T>(T Answer, long Since, TimeSpan Lifetime);
}
