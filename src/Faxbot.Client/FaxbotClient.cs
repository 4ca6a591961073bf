using System.Globalization;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Faxbot.Client.Faxes;
using Faxbot.Client.Messages;

namespace Faxbot.Client;

/// <summary>
/// Speaks with a gateway's HTTP API. Each method throws <see cref="FaxbotException"/> when the gateway refuses and
/// <see cref="HttpRequestException"/> when it cannot be reached. Thread-safe.
/// </summary>
public sealed class FaxbotClient : IDisposable
{
    private const string KeyHeader = "X-API-Key";
    private const string IdempotencyHeader = "Idempotency-Key";
    // The gateway answers some requests only when it is done, such as those that install a plugin.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private readonly HttpClient _http;

    /// <summary>For the gateway at that address, with that key.</summary>
    public FaxbotClient(Uri gateway, string? apiKey)
    {
        _http = new HttpClient { BaseAddress = gateway, Timeout = Patience };
        if (apiKey is not null) _http.DefaultRequestHeaders.Add(KeyHeader, apiKey);
    }

    /// <summary>Hands a fax over; it is durable when this returns.</summary>
    public async Task<SentFax> SendAsync(FaxSubmission fax, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(fax);
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in Fields(fax)) form.Add(new StringContent(value), name);
        form.Add(new StreamContent(fax.Document), "file", fax.FileName);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/fax") { Content = form };
        if (fax.IdempotencyKey is { } key) request.Headers.Add(IdempotencyHeader, key);
        return await ReadAsync<SentFax>(await _http.SendAsync(request, cancel), cancel);
    }

    /// <summary>A fax.</summary>
    public async Task<SentFax> GetAsync(string faxId, CancellationToken cancel = default) => await GetAsync<SentFax>($"/fax/{Escape(faxId)}", cancel);

    /// <summary>Faxes, newest first.</summary>
    /// <param name="state">Only those in that state; null all.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<FaxList> ListAsync(string? state = null, int limit = 50, CancellationToken cancel = default) => GetAsync<FaxList>(
        string.Create(CultureInfo.InvariantCulture, $"/fax?limit={limit}") + (state is null ? "" : $"&state={Escape(state)}"), cancel);

    /// <summary>Asks for the end of a fax; what has gone is not taken back.</summary>
    public async Task<SentFax> CancelAsync(string faxId, CancellationToken cancel = default) =>
        await ReadAsync<SentFax>(await _http.PostAsync($"/fax/{Escape(faxId)}/cancel", null, cancel), cancel);

    /// <summary>What happens to a fax, as it happens, until the gateway or <paramref name="cancel"/> ends it.</summary>
    public async IAsyncEnumerable<FaxHappening> FollowAsync(string faxId, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/fax/{Escape(faxId)}/events");
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        await CheckAsync(response, cancel);
        await using var stream = await response.Content.ReadAsStreamAsync(cancel);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancel))
        {
            using var happened = JsonDocument.Parse(item.Data);
            if (happened.RootElement.TryGetProperty("data", out var data)) yield return new FaxHappening(item.EventId ?? "", item.EventType, data.Clone());
        }
    }

    /// <summary>Hands a text message over; it is durable when this returns.</summary>
    /// <param name="message">The message.</param>
    /// <param name="idempotencyKey">The caller's own name for the request: a second one with it gets the first one's message.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<SentMessage> SendMessageAsync(MessageSubmission message, string? idempotencyKey = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/messages") { Content = JsonContent.Create(message, options: ClientJson.Options) };
        if (idempotencyKey is not null) request.Headers.Add(IdempotencyHeader, idempotencyKey);
        return await ReadAsync<SentMessage>(await _http.SendAsync(request, cancel), cancel);
    }

    /// <summary>A text message of either direction, with its attempts.</summary>
    public Task<SentMessage> GetMessageAsync(string messageId, CancellationToken cancel = default) => GetAsync<SentMessage>($"/messages/{Escape(messageId)}", cancel);

    /// <summary>Asks for the end of a text message; what a provider has is not called back.</summary>
    public async Task<SentMessage> CancelMessageAsync(string messageId, CancellationToken cancel = default) =>
        await ReadAsync<SentMessage>(await _http.PostAsync($"/messages/{Escape(messageId)}/cancel", null, cancel), cancel);

    /// <summary>Any other resource, as JSON.</summary>
    public Task<JsonElement> GetJsonAsync(string path, CancellationToken cancel = default) => GetAsync<JsonElement>(path, cancel);

    /// <summary>Writes any other resource; null sends no body.</summary>
    public async Task<JsonElement> SendJsonAsync(HttpMethod method, string path, JsonElement? body, CancellationToken cancel = default)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is { } json ? JsonContent.Create(json) : null };
        using var response = await _http.SendAsync(request, cancel);
        await CheckAsync(response, cancel);
        return response.Content.Headers.ContentLength == 0 ? default : await response.Content.ReadFromJsonAsync<JsonElement>(ClientJson.Options, cancel);
    }

    /// <summary>Copies a document into a stream.</summary>
    public async Task DownloadAsync(string path, Stream target, CancellationToken cancel = default)
    {
        using var response = await _http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, cancel);
        await CheckAsync(response, cancel);
        await response.Content.CopyToAsync(target, cancel);
    }

    /// <summary>Whether a gateway answers there.</summary>
    public async Task<bool> IsUpAsync(CancellationToken cancel = default)
    {
        try
        {
            using var response = await _http.GetAsync("/health", cancel);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static IEnumerable<(string Name, string Value)> Fields(FaxSubmission fax)
    {
        yield return ("to", fax.To);
        if (fax.From is { } from) yield return ("from", from);
        if (fax.Quality is { } quality) yield return ("quality", quality);
        if (fax.Ecm is { } ecm) yield return ("ecm", ecm ? "true" : "false");
        if (fax.MaxRate is { } rate) yield return ("max_rate", rate.ToString(CultureInfo.InvariantCulture));
        if (fax.Header is { } header) yield return ("header", header);
        if (fax.Subaddress is { } subaddress) yield return ("subaddress", subaddress);
        if (fax.Plugin is { } plugin) yield return ("plugin", plugin);
        if (fax.Priority is { } priority) yield return ("priority", priority.ToString(CultureInfo.InvariantCulture));
        if (fax.SendAt is { } at) yield return ("send_at", at.ToString("O", CultureInfo.InvariantCulture));
    }

    private async Task<T> GetAsync<T>(string path, CancellationToken cancel) => await ReadAsync<T>(await _http.GetAsync(path, cancel), cancel);

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancel)
    {
        using (response)
        {
            await CheckAsync(response, cancel);
            return (await response.Content.ReadFromJsonAsync<T>(ClientJson.Options, cancel))!;
        }
    }

    private static async Task CheckAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        if (response.IsSuccessStatusCode) return;
        var problem = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true
            ? await response.Content.ReadFromJsonAsync<Problem>(ClientJson.Options, cancel)
            : null;
        var sentences = problem?.Errors is { Count: > 0 } errors
            ? string.Join(' ', errors.SelectMany(field => field.Value.Select(sentence => $"{field.Key}: {sentence}")))
            : problem?.Detail ?? $"The gateway answered {(int)response.StatusCode} {response.ReasonPhrase}.";
        throw new FaxbotException(sentences, response.StatusCode, problem?.Type);
    }

    private static string Escape(string text) => Uri.EscapeDataString(text);

    private sealed record Problem(string? Type, string? Detail, Dictionary<string, string[]>? Errors);
}
