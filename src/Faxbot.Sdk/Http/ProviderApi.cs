using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Plugins;

namespace Faxbot.Sdk.Http;

/// <summary>
/// The REST API of a provider, for what a plugin asks of its account. Answers are read strictly: fields that are not known are skipped, one that is missing or
/// of another kind is an error. Whatever goes wrong is a <see cref="PluginException"/> that says what to do and holds nothing of the answer but the provider's
/// code of the error. Repeating, and waiting for as long as the provider asks, is the business of the <see cref="HttpClient"/>. Thread-safe.
/// </summary>
/// <param name="http">The plugin's client.</param>
/// <param name="provider">The provider's name, for sentences.</param>
/// <param name="address">Where the API is; with a slash at its end.</param>
public sealed class ProviderApi(HttpClient http, string provider, Uri address)
{
    private const int LargestAnswer = 16 << 20;
    private const int MostPages = 1000;
    private const string CheckStep = "API";
    // Voxbone says so when there were too many requests.
    private const HttpStatusCode BandwidthLimitExceeded = (HttpStatusCode)509;

    /// <summary>What proves the account; null where a header field of <see cref="Headers"/> does.</summary>
    public AuthenticationHeaderValue? Authorization { get; init; }

    /// <summary>Header fields of every request.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>What answers are to be written in.</summary>
    public string MediaType { get; init; } = "application/json";

    /// <summary>How the names of fields are written.</summary>
    public JsonNamingPolicy Names { get; init; } = JsonNamingPolicy.SnakeCaseLower;

    /// <summary>Where the body of an error has the provider's code of it; null where it has none.</summary>
    public Func<JsonElement, JsonElement?>? ErrorCode { get; init; }

    /// <summary>What the provider's codes of errors mean, as far as that is known.</summary>
    public IReadOnlyDictionary<string, ProviderCode> Codes { get; init; } = new Dictionary<string, ProviderCode>();

    /// <summary>HTTP Basic (RFC 7617).</summary>
    public static AuthenticationHeaderValue Basic(string user, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    /// <summary>Reads a JSON answer.</summary>
    /// <param name="path">From <c>address</c> on, with its query; one that begins with a slash from the root of the same host on.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="PluginException">There is none that fits.</exception>
    public async Task<T> GetAsync<T>(string path, CancellationToken cancel)
    {
        return Read<T>(await GetTextAsync(path, cancel).ConfigureAwait(false));
    }

    /// <summary>Reads JSON of the provider's, such as a webhook.</summary>
    /// <exception cref="PluginException">It is of another shape.</exception>
    public T Read<T>(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, ProviderJson.For(Names)) ?? throw Unexpected("it is empty");
        }
        catch (JsonException wrong)
        {
            throw Unexpected($"at {(string.IsNullOrEmpty(wrong.Path) ? "$" : wrong.Path)}");
        }
    }

    /// <summary>Reads an answer as text.</summary>
    /// <inheritdoc cref="GetAsync{T}(string, CancellationToken)" path="/param"/>
    /// <exception cref="PluginException">There is none.</exception>
    public async Task<string> GetTextAsync(string path, CancellationToken cancel)
    {
        var answer = await SendAsync(HttpMethod.Get, path, null, cancel).ConfigureAwait(false);
        return answer.IsSuccess ? answer.Text : throw Refused(answer);
    }

    /// <summary>Asks for something to be done, once: a request whose answer is lost is not repeated.</summary>
    /// <param name="path">As with <see cref="GetAsync{T}(string, CancellationToken)"/>.</param>
    /// <param name="content">What is asked for.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="FaxRejectedException">It was surely not done.</exception>
    /// <exception cref="PluginException">Whether it was done is open.</exception>
    public async Task<T> PostAsync<T>(string path, HttpContent content, CancellationToken cancel)
    {
        var answer = await SendAsync(HttpMethod.Post, path, content, cancel).ConfigureAwait(false);
        if (answer.IsSuccess) return Read<T>(answer.Text);
        var refused = Refused(answer);
        throw ProviderRejection.Of(answer.Status, ReadCode(answer.Text), Codes, refused.Message) is { } outcome ? new FaxRejectedException(outcome) : refused;
    }

    private async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, Resolve(path)) { Content = content };
        request.Headers.Authorization = Authorization;
        request.Headers.Accept.ParseAdd(MediaType);
        foreach (var (name, value) in Headers) request.Headers.Add(name, value);
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel).ConfigureAwait(false);
            await answer.Content.LoadIntoBufferAsync(LargestAnswer, cancel).ConfigureAwait(false);
            return new Answer(answer.StatusCode, answer.Headers.RetryAfter, await answer.Content.ReadAsStringAsync(cancel).ConfigureAwait(false));
        }
        catch (HttpRequestException broken)
        {
            var sentence = $"The API of {provider} cannot be reached ({broken.HttpRequestError}): look at the network and try again.";
            throw content is not null && ProviderRejection.NeverLeft(broken, sentence) is { } outcome ? new FaxRejectedException(outcome) : new PluginException(sentence, broken);
        }
        catch (OperationCanceledException late) when (!cancel.IsCancellationRequested)
        {
            throw new PluginException($"The API of {provider} did not answer in time: try again later.", late);
        }
    }

    /// <summary>Reads a list page by page until its last one; a list without end is an error.</summary>
    /// <param name="read">Reads the page of that number, counted from 0, and says whether another one follows.</param>
    /// <exception cref="PluginException">There are too many pages, or one cannot be read.</exception>
    public async Task<IReadOnlyList<T>> ReadPagesAsync<T>(Func<int, Task<(IEnumerable<T> Items, bool HasNext)>> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        List<T> all = [];
        for (var page = 0; page < MostPages; page++)
        {
            var (items, hasNext) = await read(page).ConfigureAwait(false);
            all.AddRange(items);
            if (!hasNext) return all;
        }

        throw Unexpected("pages without end");
    }

    /// <summary>
    /// What a check of a plugin finds, with whether the API takes the account. One that does not is a warning: faxes go without it.
    /// </summary>
    /// <param name="found">What was found before.</param>
    /// <param name="ask">A question to the API that changes nothing.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<CheckResult> CheckAsync(CheckResult found, Func<CancellationToken, Task> ask, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(ask);
        try
        {
            await ask(cancel).ConfigureAwait(false);
            return found.With(new CheckFinding(CheckStep, CheckState.Ok, "The provider's API takes the account."));
        }
        catch (PluginException refused)
        {
            return found.With(new CheckFinding(CheckStep, CheckState.Warning, refused.Message));
        }
    }

    /// <summary>The error that an answer is not what the provider's documentation says.</summary>
    /// <param name="what">What is wrong with it, without anything of its content.</param>
    public PluginException Unexpected(string what) =>
        new($"The API of {provider} answered something else than expected ({what}): look for a newer version of this plugin.");

    /// <summary>Reads an instant of an answer: ISO 8601 or as in mail (RFC 2822); one without an offset is in UTC.</summary>
    /// <exception cref="PluginException">It is neither.</exception>
    public DateTimeOffset ReadInstant(string text) => ProviderJson.TryReadInstant(text) ?? throw Unexpected("an instant");

    private Uri Resolve(string path)
    {
        var resolved = new Uri(address, path);
        // An answer may name the next page: what proves the account goes nowhere else all the same.
        return resolved.Host == address.Host && resolved.Scheme == address.Scheme && resolved.Port == address.Port ? resolved : throw Unexpected("an address at another host");
    }

    private PluginException Refused(Answer answer)
    {
        var code = ReadCode(answer.Text) is { } found ? $", code {found}" : "";
        var said = $"({(int)answer.Status}{code})";
        return new PluginException(answer.Status switch
        {
            HttpStatusCode.Unauthorized => $"{provider} does not take the API credentials {said}: check them in the settings.",
            HttpStatusCode.Forbidden => $"{provider} does not let these API credentials do this {said}: give them the right to it, and let this machine's address use the API.",
            HttpStatusCode.NotFound => $"{provider} does not know what was asked for {said}: check the account in the settings.",
            HttpStatusCode.TooManyRequests or BandwidthLimitExceeded => $"{provider} wants fewer requests {said}: {Wait(answer.RetryAfter)}.",
            >= HttpStatusCode.InternalServerError => $"The API of {provider} is out of order {said}: {Wait(answer.RetryAfter)}.",
            _ => $"{provider} refused the request {said}: look for a newer version of this plugin.",
        });
    }

    private string? ReadCode(string text)
    {
        if (ErrorCode is null) return null;
        try
        {
            using var body = JsonDocument.Parse(text);
            var code = body.RootElement.ValueKind == JsonValueKind.Object ? ErrorCode(body.RootElement)?.ToString() : null;
            return code is not null && ProviderCode.IsWord(code) ? code : null;
        }
        catch (JsonException)
        {
            // Proxies on the way answer in HTML.
            return null;
        }
    }

    private static string Wait(RetryConditionHeaderValue? wish) =>
        wish?.Delta is { } delay ? string.Create(CultureInfo.InvariantCulture, $"try again in {Math.Ceiling(delay.TotalSeconds)} seconds") : "try again later";

    private sealed record Answer(HttpStatusCode Status, RetryConditionHeaderValue? RetryAfter, string Text)
    {
        public bool IsSuccess => Status is >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices;
    }
}
