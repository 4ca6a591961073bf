using System.Net;
using System.Text.Json;
using NuGet.Versioning;

namespace Faxbot.Server.Plugins.Install;

/// <summary>
/// A NuGet feed of version 3: its service index, the flat container of packages (PackageBaseAddress) and the search service. Spoken over a client of our
/// own, so that nothing of the gateway's user decides about it (NuGet.Config, caches in the home folder) and limits hold for each answer.
/// </summary>
internal sealed class HttpFeed(string source, HttpClient http, InstallOptions options) : IPackageFeed
{
    private const string Packages = "PackageBaseAddress/3", Search = "SearchQueryService";
    private const int MostOffers = 50;

    public string Source => source;

    public async Task<IReadOnlyList<NuGetVersion>> VersionsAsync(string id, CancellationToken cancel)
    {
        if (await GetAsync(new Uri(await ResourceAsync(Packages, cancel), $"{Lower(id)}/index.json"), cancel) is not { } index) return [];
        return [.. Texts(index, "versions").Select(text => NuGetVersion.TryParse(text, out var version) ? version : null).OfType<NuGetVersion>()];
    }

    public async Task<Stream> OpenAsync(string id, NuGetVersion version, CancellationToken cancel)
    {
        var lower = Lower(version.ToNormalizedString());
        var address = new Uri(await ResourceAsync(Packages, cancel), $"{Lower(id)}/{lower}/{Lower(id)}.{lower}.nupkg");
        return await AskAsync(
            async limit =>
            {
                var response = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, limit);
                response.EnsureSuccessStatusCode();
                return await response.Content.ReadAsStreamAsync(limit);
            },
            cancel);
    }

    public async Task<IReadOnlyList<OfferedPackage>> SearchAsync(string words, CancellationToken cancel)
    {
        var address = await ResourceAsync(Search, cancel);
        var query = $"?q={Uri.EscapeDataString(words)}&packageType={PackageType.Plugin}&take={MostOffers}&prerelease=false&semVerLevel=2.0.0";
        if (await GetAsync(new Uri(address, query), cancel) is not { } found || !found.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Array) return [];
        return
        [
            .. from offer in data.EnumerateArray()
               let id = Text(offer, "id")
               let version = Text(offer, "version")
               where id is not null && version is not null
               select new OfferedPackage(id, version, Text(offer, "description"), string.Join(", ", Texts(offer, "authors")), source),
        ];
    }

    private async Task<Uri> ResourceAsync(string type, CancellationToken cancel)
    {
        var index = await GetAsync(new Uri(source), cancel);
        var resource = index is { } read && read.TryGetProperty("resources", out var resources) && resources.ValueKind == JsonValueKind.Array
            ? resources.EnumerateArray().FirstOrDefault(one => Text(one, "@type")?.StartsWith(type, StringComparison.Ordinal) == true)
            : default;
        if (!Uri.TryCreate(resource.ValueKind == JsonValueKind.Object ? Text(resource, "@id") : null, UriKind.Absolute, out var address))
            throw Failed($"it is no NuGet feed of version 3 with {type}; its address ends with index.json as a rule");
        // A folder's address, so that names can be put behind it; the search service's is the service itself.
        return type == Search || address.AbsolutePath.EndsWith('/') ? address : new Uri($"{address.AbsoluteUri}/");
    }

    // Null: the feed does not have it.
    private Task<JsonElement?> GetAsync(Uri address, CancellationToken cancel) => AskAsync<JsonElement?>(
        async limit =>
        {
            using var response = await http.GetAsync(address, limit);
            if (response.StatusCode == HttpStatusCode.NotFound) return null;
            response.EnsureSuccessStatusCode();
            return JsonElement.Parse(await response.Content.ReadAsByteArrayAsync(limit)) is { ValueKind: JsonValueKind.Object } json ? json : null;
        },
        cancel);

    private async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(options.AnswerTime);
        try
        {
            return await ask(limit.Token);
        }
        catch (HttpRequestException refused) when (refused.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            throw Failed($"it lets in only whom it knows ({(int?)refused.StatusCode}). Give what it asks for in plugins.feed_credentials, or mend what stands there");
        }
        catch (Exception wrong) when (wrong is HttpRequestException or JsonException or IOException)
        {
            throw Failed(wrong.Message.TrimEnd('.'));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw Failed($"it did not answer within {options.AnswerTime.TotalSeconds:0} s");
        }
    }

    private PluginInstallException Failed(string reason) =>
        new(InstallFailure.Unreachable, $"The feed {source} cannot be used: {reason}. What is installed goes on; without the network install from a folder (plugins.sources).");

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // A single author may stand there as a text.
    private static IEnumerable<string> Texts(JsonElement json, string name) => json.TryGetProperty(name, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.Array => value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!),
            JsonValueKind.String => [value.GetString()!],
            _ => [],
        }
        : [];

    // The flat container's addresses are in lower case; an id has been checked to hold letters, digits, points, hyphens and underscores only.
    private static string Lower(string text) => text.ToLowerInvariant();
}
