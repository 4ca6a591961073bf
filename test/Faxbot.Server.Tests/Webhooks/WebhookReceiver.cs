using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Faxbot.Server.Tests.Webhooks;

/// <summary>Someone who is told things: a web server on a real port that answers what a test wants and keeps what it got.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<Delivery> _got = Channel.CreateUnbounded<Delivery>();

    private WebhookReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/{**path}", async (HttpContext http) =>
        {
            using var reader = new StreamReader(http.Request.Body);
            var status = Answers.TryDequeue(out var next) ? next : 200;
            if (status is 302) http.Response.Headers.Location = "/elsewhere";
            http.Response.StatusCode = status;
            await _got.Writer.WriteAsync(new Delivery(http.Request.Path, await reader.ReadToEndAsync(), http.Request.Headers["Faxbot-Signature"].ToString(), status));
        });
    }

    public string Url => $"{_app.Urls.Single()}/hook";

    public int Port => new Uri(Url).Port;

    /// <summary>The statuses of the next answers; 200 when there is none left.</summary>
    public ConcurrentQueue<int> Answers { get; } = new();

    public static async Task<WebhookReceiver> StartAsync()
    {
        var receiver = new WebhookReceiver();
        await receiver._app.StartAsync();
        return receiver;
    }

    public async Task<Delivery> NextAsync() => await _got.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public bool HasMore => _got.Reader.TryPeek(out _);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    internal sealed record Delivery(string Path, string Body, string Signature, int Answer);
}
