using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Faxbot.Server.Tests.Plugins.Install;

/// <summary>A NuGet feed of version 3 over a folder of packages, on a real port: service index, flat container and search.</summary>
internal sealed class FeedServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folder;
    private readonly ConcurrentQueue<Dictionary<string, string?>> _headers = new();

    private FeedServer(string folder)
    {
        _folder = folder;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Use((http, next) =>
        {
            Asked.Enqueue(http.Request.Path);
            _headers.Enqueue(http.Request.Headers.ToDictionary(field => field.Key, field => (string?)field.Value, StringComparer.OrdinalIgnoreCase));
            if (Wants is { } wanted && http.Request.Headers[wanted.Header] != wanted.Value)
            {
                http.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return Task.CompletedTask;
            }

            if (PackagesAt is { } other && http.Request.Path.Value!.EndsWith(".nupkg", StringComparison.Ordinal))
            {
                http.Response.Redirect($"{other.Root}{http.Request.Path}");
                return Task.CompletedTask;
            }

            return next(http);
        });
        _app.MapGet("/v3/index.json", () => Results.Content(
            $$"""
            { "version": "3.0.0", "resources": [
              { "@id": "{{Root}}/flat", "@type": "PackageBaseAddress/3.0.0" },
              { "@id": "{{Root}}/query", "@type": "SearchQueryService/3.5.0" } ] }
            """,
            "application/json"));
        _app.MapGet("/flat/{id}/index.json", (string id) => Versions(id) is { Length: > 0 } versions ? Results.Json(new { versions }) : Results.NotFound());
        _app.MapGet("/flat/{id}/{version}/{file}", (string file) => Find(file) is { } path ? Results.File(path, "application/octet-stream") : Results.NotFound());
        _app.MapGet("/query", (string q, string packageType) => Results.Json(new
        {
            data = new[] { new { id = "Faxbot.Packed", version = "1.0.0", description = $"{packageType} for {q}", authors = new[] { "Tests" } } },
        }));
    }

    /// <summary>The address to put into the configuration.</summary>
    public string Source => $"{Root}/v3/index.json";

    /// <summary>The paths that were asked for.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>The header field without which nobody is let in; null lets in all.</summary>
    public (string Header, string Value)? Wants { get; set; }

    /// <summary>Where whoever asks for a package's file is sent; null gives it.</summary>
    public FeedServer? PackagesAt { get; set; }

    /// <summary>What was shown in that header field with each request; null where it was not there.</summary>
    public IReadOnlyList<string?> Shown(string header) => [.. _headers.Select(fields => fields.GetValueOrDefault(header))];

    private string Root => _app.Urls.Single();

    public static async Task<FeedServer> StartAsync(string folder)
    {
        var feed = new FeedServer(Directory.CreateDirectory(folder).FullName);
        await feed._app.StartAsync();
        return feed;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private string[] Versions(string id) => [.. Directory.EnumerateFiles(_folder, "*.nupkg").Select(path => Path.GetFileNameWithoutExtension(path))
        .Where(name => name.StartsWith($"{id}.", StringComparison.OrdinalIgnoreCase) && char.IsAsciiDigit(name[id.Length + 1])).Select(name => name[(id.Length + 1)..])];

    private string? Find(string file) => Directory.EnumerateFiles(_folder).FirstOrDefault(path => Path.GetFileName(path).Equals(file, StringComparison.OrdinalIgnoreCase));
}
