using System.Net;

namespace Faxbot.Server.Plugins.Install;

/// <summary>The sources that the operator listed. Thread-safe.</summary>
internal sealed class PackageFeeds : IDisposable
{
    private const int LongestAnswer = 16 << 20;
    private readonly SocketsHttpHandler _network = new() { AutomaticDecompression = DecompressionMethods.All, AllowAutoRedirect = false };
    private readonly List<HttpClient> _clients = [];

    public PackageFeeds(PluginOptions options)
    {
        All = [.. options.Install.Sources.Select(source => Create(source, options.Install))];
    }

    /// <summary>All of them, in the order in which they are asked.</summary>
    public IReadOnlyList<IPackageFeed> All { get; }

    /// <summary>The feeds to ask: the wanted one first.</summary>
    /// <param name="source">As the configuration lists it; null for no wish.</param>
    /// <exception cref="PluginInstallException">It is not listed.</exception>
    public IReadOnlyList<IPackageFeed> StartingWith(string? source)
    {
        if (source is null) return All;
        var wanted = All.FirstOrDefault(feed => IsSame(feed.Source, source)) ?? throw new PluginInstallException(
            InstallFailure.NotListed, $"{source} is not one of this gateway's sources: its operator lists them in plugins.sources of the configuration.");
        return [wanted, .. All.Where(feed => feed != wanted)];
    }

    /// <summary>Whether the configuration lists it.</summary>
    public bool Lists(string source) => All.Any(feed => IsSame(feed.Source, source));

    public void Dispose()
    {
        foreach (var client in _clients) client.Dispose();
        _network.Dispose();
    }

    private IPackageFeed Create(string source, InstallOptions options) => IsAddress(source)
        ? new HttpFeed(source, ClientFor(options.Credentials.FirstOrDefault(credentials => credentials.AreOf(source))), options)
        : new FolderFeed(Path.GetFullPath(source), options.Limits);

    private HttpClient ClientFor(FeedCredentials? credentials)
    {
        var client = new HttpClient(new FeedAccess(credentials, _network), disposeHandler: false)
        {
            MaxResponseContentBufferSize = LongestAnswer,
            // Each request has a limit of its own.
            Timeout = Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("Faxbot");
        _clients.Add(client);
        return client;
    }

    private static bool IsSame(string listed, string source) => listed == source || (!IsAddress(source) && listed == Path.TrimEndingDirectorySeparator(Path.GetFullPath(source)))
        || listed.TrimEnd('/') == source.TrimEnd('/');

    private static bool IsAddress(string source) => Uri.TryCreate(source, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";
}
