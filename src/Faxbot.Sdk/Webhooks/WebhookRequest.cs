namespace Faxbot.Sdk.Webhooks;

/// <summary>A request of the provider, as it came. Nothing of it was checked.</summary>
public sealed record WebhookRequest
{
    /// <summary>Such as <c>POST</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The address as the provider wrote it, query included; signatures often cover it.</summary>
    public required string Url { get; init; }

    /// <summary>All header fields; the names are in lower case, repeated ones are joined with a comma.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The body, at most 1 MiB.</summary>
    public required byte[] Body { get; init; }
}
