using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace Faxbot.Server.Webhooks;

/// <summary>Makes the requests: signed, without following where an answer points, to addresses that may be reached. Thread-safe.</summary>
internal sealed class WebhookSender : IDisposable
{
    private readonly HttpClient _client;
    private readonly WebhookPolicy _policy;
    private readonly TimeProvider _time;

    public WebhookSender(WebhookConnector connector, WebhookPolicy policy, TimeProvider time)
    {
        (_policy, _time) = (policy, time);
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectCallback = connector.ConnectAsync,
            // A name may move; its address is looked at anew then.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxResponseHeadersLength = 16,
        })
        { Timeout = Timeout.InfiniteTimeSpan };
    }

    public async Task<WebhookAnswer> SendAsync(string url, string secret, DeliveryRow delivery, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(_policy.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(delivery.Body, Encoding.UTF8, "application/json") };
        request.Headers.Add(WebhookSignature.Header, WebhookSignature.Sign(secret, _time.GetUtcNow(), delivery.Body));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Faxbot", null));
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var status = (int)response.StatusCode;
            return new WebhookAnswer(status, response.IsSuccessStatusCode ? null : $"It answered {status}.");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new WebhookAnswer(null, "It did not answer in time.");
        }
        catch (HttpRequestException e)
        {
            return new WebhookAnswer(null, Sentence(e));
        }
    }

    public void Dispose() => _client.Dispose();

    private static string Sentence(HttpRequestException failure) => failure.GetBaseException() switch
    {
        WebhookRefusedException refused => refused.Message,
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => "Its name does not resolve.",
        SocketException => "It cannot be reached.",
        AuthenticationException => "Its certificate is not valid.",
        _ => "The connection failed.",
    };
}

/// <summary>What came of a delivery.</summary>
/// <param name="Status">The HTTP status; null without an answer.</param>
/// <param name="Error">A sentence when it was not taken.</param>
internal sealed record WebhookAnswer(int? Status, string? Error)
{
    public bool IsTaken => Error is null;
}
