using System.Collections.Concurrent;

namespace Faxbot.Sdk.Testing.Providers;

/// <summary>
/// A provider's HTTP API inside of the test: what the plugin's <c>Context.Http</c> asks ends here, and only where the manifest's
/// <c>allowed_hosts</c> let it go. A request that no answer was given for is answered with 404. Thread-safe.
/// </summary>
public sealed class FakeProvider
{
    private readonly ConcurrentQueue<ProviderCall> _calls = new();
    private readonly ConcurrentDictionary<(string Method, string Path), ProviderAnswer> _answers = new();

    /// <summary>What was asked, in order.</summary>
    public IReadOnlyList<ProviderCall> Calls => [.. _calls];

    /// <summary>Gives an answer to requests with that method and path, in place of one given before.</summary>
    /// <param name="request">Which requests.</param>
    /// <param name="answer">The answer.</param>
    /// <returns>This provider.</returns>
    public FakeProvider Answer(ProviderRequest request, ProviderAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(request);
        _answers[(request.Method, request.Path)] = answer;
        return this;
    }

    /// <summary>The requests of that method and path that came.</summary>
    public IReadOnlyList<ProviderCall> CallsOf(ProviderRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return [.. _calls.Where(call => call.Method == request.Method && call.Path == request.Path)];
    }

    /// <summary>A client whose requests end here.</summary>
    /// <param name="allowedHosts">The manifest's.</param>
    internal HttpClient CreateClient(IReadOnlyList<string> allowedHosts) => new(new Handler(this, allowedHosts));

    private async Task<HttpResponseMessage> HandleAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        var uri = request.RequestUri!;
        var call = new ProviderCall(
            request.Method.Method, uri.AbsolutePath, uri.Query, request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? [])
                .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase),
            request.Content is { } body ? await body.ReadAsByteArrayAsync(cancel).ConfigureAwait(false) : []);
        _calls.Enqueue(call);
        var answer = _answers.GetValueOrDefault((call.Method, call.Path)) ?? new ProviderAnswer(404, "{}");
        if (answer.IsLost) throw new HttpRequestException(HttpRequestError.ResponseEnded, "The provider's answer got lost on its way.");
        var response = new HttpResponseMessage((System.Net.HttpStatusCode)answer.Status) { RequestMessage = request, Content = new ByteArrayContent(answer.Body) };
        response.Content.Headers.TryAddWithoutValidation("Content-Type", answer.ContentType);
        return response;
    }

    private sealed class Handler(FakeProvider provider, IReadOnlyList<string> allowedHosts) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var uri = request.RequestUri!;
            if (uri.Scheme != Uri.UriSchemeHttps) throw new HttpRequestException($"{uri.Scheme} is not allowed: Context.Http speaks HTTPS only.");
            if (!allowedHosts.Any(allowed => Allows(allowed, uri.Host)))
                throw new HttpRequestException($"{uri.Host} is not in the manifest's allowed_hosts ({string.Join(", ", allowedHosts)}).");
            return provider.HandleAsync(request, cancellationToken);
        }

        private static bool Allows(string allowed, string host) =>
            allowed.StartsWith("*.", StringComparison.Ordinal) ? host.EndsWith(allowed[1..], StringComparison.OrdinalIgnoreCase) : host.Equals(allowed, StringComparison.OrdinalIgnoreCase);
    }
}
