using System.Collections.Concurrent;

namespace Faxbot.Sdk.Testing.Providers;

/// <summary>
/// A provider's HTTP API inside of the test: what the plugin's <c>Context.Http</c> asks ends here, and only where the manifest's
/// <c>allowed_hosts</c> let it go. A request that is not written as <see cref="Rules"/> say is answered with 401 or 400, one that no answer was given for
/// with 404. Thread-safe.
/// </summary>
public sealed class FakeProvider
{
    private readonly ConcurrentQueue<ProviderCall> _calls = new();
    private readonly ConcurrentQueue<string> _violations = new();
    private readonly ConcurrentDictionary<(string Method, string Target), ProviderAnswer> _answers = new();
    private readonly ConcurrentDictionary<(string Method, string Target), RequestRules> _rules = new();

    /// <summary>How every request must be written.</summary>
    public RequestRules Rules { get; init; } = new();

    /// <summary>What the places of rules stand for.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>What was asked, in order.</summary>
    public IReadOnlyList<ProviderCall> Calls => [.. _calls];

    /// <summary>What was not written as it must be, each with the request.</summary>
    public IReadOnlyList<string> Violations => [.. _violations];

    /// <summary>What was given an answer and was never asked for.</summary>
    public IReadOnlyList<ProviderRequest> Unasked => [.. _answers.Keys.Where(key => !_calls.Any(call => Targets(call).Contains(key))).Select(key => new ProviderRequest(key.Method, key.Target))];

    /// <summary>Gives an answer to requests with that method and path, in place of one given before.</summary>
    /// <param name="request">Which requests; with a query in its path, only those with that query.</param>
    /// <param name="answer">The answer.</param>
    /// <returns>This provider.</returns>
    public FakeProvider Answer(ProviderRequest request, ProviderAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(request);
        _answers[(request.Method, request.Path)] = answer;
        return this;
    }

    /// <summary>Says how requests with that method and path must be written, beside <see cref="Rules"/>.</summary>
    /// <param name="request">Which requests.</param>
    /// <param name="rules">How they must be written.</param>
    /// <returns>This provider.</returns>
    public FakeProvider Rule(ProviderRequest request, RequestRules rules)
    {
        ArgumentNullException.ThrowIfNull(request);
        _rules[(request.Method, request.Path)] = rules;
        return this;
    }

    /// <summary>The requests of that method and path that came.</summary>
    public IReadOnlyList<ProviderCall> CallsOf(ProviderRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return [.. _calls.Where(call => Targets(call).Contains((request.Method, request.Path)))];
    }

    /// <summary>A client whose requests end here.</summary>
    /// <param name="allowedHosts">The manifest's.</param>
    public HttpClient CreateClient(IReadOnlyList<string> allowedHosts) => new(new Handler(this, allowedHosts));

    private async Task<HttpResponseMessage> HandleAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        var call = await ReadAsync(request, cancel).ConfigureAwait(false);
        _calls.Enqueue(call);
        var answer = Refusal(call) ?? Find(_answers, call) ?? new ProviderAnswer(404, "{}");
        if (answer.Failure is { } failure) throw failure();
        var response = new HttpResponseMessage((System.Net.HttpStatusCode)answer.Status) { RequestMessage = request, Content = new ByteArrayContent(answer.Body) };
        response.Content.Headers.TryAddWithoutValidation("Content-Type", answer.ContentType);
        foreach (var (name, value) in answer.Headers) response.Headers.TryAddWithoutValidation(name, value);
        return response;
    }

    private static async Task<ProviderCall> ReadAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        var uri = request.RequestUri!;
        var headers = request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? []);
        return new ProviderCall(
            request.Method.Method, uri.AbsolutePath, uri.Query, headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase),
            request.Content is { } body ? await body.ReadAsByteArrayAsync(cancel).ConfigureAwait(false) : []);
    }

    private ProviderAnswer? Refusal(ProviderCall call)
    {
        var wrong = Rules.Check(call, Values).Concat(Find(_rules, call)?.Check(call, Values) ?? []).ToArray();
        foreach (var sentence in wrong) _violations.Enqueue($"{call.Method} {call.Path}: {sentence}");
        if (wrong.Length == 0) return null;
        return new ProviderAnswer(wrong.Any(sentence => sentence.StartsWith(nameof(RequestRules.Authorization), StringComparison.Ordinal)) ? 401 : 400, "{}");
    }

    private static T? Find<T>(ConcurrentDictionary<(string Method, string Target), T> table, ProviderCall call) where T : class =>
        Targets(call).Select(table.GetValueOrDefault).FirstOrDefault(found => found is not null);

    // With its query before without it: an answer to the one request goes before that to all of its path.
    private static (string Method, string Target)[] Targets(ProviderCall call) => [(call.Method, call.Path + call.Query), (call.Method, call.Path)];

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
