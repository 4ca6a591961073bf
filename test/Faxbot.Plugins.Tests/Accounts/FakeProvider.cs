using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Faxbot.Plugins.Tests.Accounts;

/// <summary>
/// A provider's API on a loopback port. It answers requests that are written letter for letter as they are known, and each once; any other one it refuses.
/// </summary>
/// <param name="host">The provider's host.</param>
/// <param name="proof">The header field that proves the account, with its value.</param>
/// <param name="accept">What must be accepted.</param>
internal sealed class FakeProvider(string host, (string Name, string Value) proof, string accept = "application/json") : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, (int Status, string Body, (string Name, string Value)? Header)> _answers = new();
    private readonly WebApplication _app = Build();

    /// <summary>A client for which the provider's host is here.</summary>
    public HttpClient Client() => new(new Reroute(_app, host));

    public async Task StartAsync()
    {
        _app.Run(AnswerAsync);
        await _app.StartAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>What it answers, once.</summary>
    /// <param name="target">Path and query.</param>
    /// <param name="body">The answer.</param>
    /// <param name="status">Its status.</param>
    /// <param name="header">A header field of it.</param>
    public FakeProvider Answers(string target, string body, int status = 200, (string Name, string Value)? header = null)
    {
        Assert.True(_answers.TryAdd(target, (status, body, header)));
        return this;
    }

    /// <summary>What it was not asked for.</summary>
    public IEnumerable<string> Unasked => _answers.Keys;

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        return builder.Build();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var (status, body, header) = (context.Request.Method, context.Request.Host.Value, context.Request.Headers.Accept.ToString()) != ("GET", host, accept) ? (400, "not as it should be", null)
            : context.Request.Headers[proof.Name] != proof.Value ? (401, "{}", null)
            : _answers.TryRemove(target, out var answer) ? answer
            : (404, "{}", null);
        context.Response.StatusCode = status;
        context.Response.ContentType = accept;
        if (header is { } field) context.Response.Headers[field.Name] = field.Value;
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body), context.RequestAborted);
    }

    private sealed class Reroute(WebApplication app, string host) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var asked = request.RequestUri!;
            if (asked.Scheme != Uri.UriSchemeHttps || asked.Host != host) throw new HttpRequestException(HttpRequestError.NameResolutionError, $"{asked.Host} is not {host} over https.");
            request.Headers.Host = host;
            request.RequestUri = new Uri(new Uri(app.Urls.Single()), asked.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
