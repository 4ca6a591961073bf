using System.Text;

namespace Faxbot.Sdk.Testing.Providers;

/// <summary>Which requests to a provider are meant.</summary>
/// <param name="Method">Such as <c>POST</c>.</param>
/// <param name="Path">The path, such as <c>/v1/faxes</c>; with a query where that matters.</param>
public sealed record ProviderRequest(string Method, string Path);

/// <summary>A request that came to a provider.</summary>
/// <param name="Method">Such as <c>POST</c>.</param>
/// <param name="Path">The path.</param>
/// <param name="Query">The query, with its question mark.</param>
/// <param name="Headers">Header fields; names are found whatever their case.</param>
/// <param name="Body">The body.</param>
public sealed record ProviderCall(string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>The body as UTF-8 text.</summary>
    public string Text => Encoding.UTF8.GetString(Body);
}

/// <summary>A provider's answer.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body.</param>
/// <param name="ContentType">Its type.</param>
public sealed record ProviderAnswer(int Status, byte[] Body, string ContentType)
{
    /// <summary>With a body of JSON.</summary>
    public ProviderAnswer(int status, string json) : this(status, Encoding.UTF8.GetBytes(json), "application/json")
    {
    }

    /// <summary>The request arrived and was acted on, and the answer never reached the plugin.</summary>
    public static ProviderAnswer Lost { get; } =
        new(0, [], "") { Failure = () => new HttpRequestException(HttpRequestError.ResponseEnded, "The provider's answer got lost on its way.") };

    /// <summary>The request arrived, and the plugin's client gave up waiting for the answer.</summary>
    public static ProviderAnswer Late { get; } =
        new(0, [], "") { Failure = () => new TaskCanceledException("The provider's answer did not come in time.", new TimeoutException()) };

    /// <summary>The provider could not be reached, so the request never left.</summary>
    public static ProviderAnswer Unreachable { get; } =
        new(0, [], "") { Failure = () => new HttpRequestException(HttpRequestError.ConnectionError, "The provider cannot be reached.") };

    /// <summary>Header fields, such as <c>Retry-After</c>.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>What the client throws in place of an answer.</summary>
    internal Func<Exception>? Failure { get; private init; }
}
