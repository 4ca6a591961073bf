namespace Faxbot.Sdk.Testing.Providers;

/// <summary>
/// A provider's HTTP API as far as the suite needs it: how it is asked to send and for a status, and how it answers. Written from the provider's
/// documentation, with its own examples of answers.
/// </summary>
public sealed record ProviderScript
{
    /// <summary>The request that sends.</summary>
    public required ProviderRequest Send { get; init; }

    /// <summary>The answer when it was taken.</summary>
    public required ProviderAnswer Accepted { get; init; }

    /// <summary>How <see cref="Send"/> must be written, down to each field of its body.</summary>
    public RequestRules SendRules { get; init; } = new();

    /// <summary>How every request must be written: what proves the account.</summary>
    public RequestRules Rules { get; init; } = new();

    /// <summary>The id that <see cref="Accepted"/> gives.</summary>
    public required string ProviderId { get; init; }

    /// <summary>An answer that says that it was surely not taken.</summary>
    public ProviderAnswer Refused { get; init; } = new(422, """{"error":"refused"}""");

    /// <summary>The request for the status of <see cref="ProviderId"/>.</summary>
    public required ProviderRequest Status { get; init; }

    /// <summary>The request by which an attempt is found when the answer to sending was lost (trait <c>lookup_by_reference</c>).</summary>
    public ProviderRequest? Lookup { get; init; }

    /// <summary>The answer to <see cref="Lookup"/> that has <see cref="ProviderId"/> in it.</summary>
    public ProviderAnswer? Found { get; init; }

    /// <summary>What a request to send says it is, so that the provider takes it once (trait <c>idempotent_send</c>): a header field, say.</summary>
    public Func<ProviderCall, string?>? IdempotencyKey { get; init; }

    /// <summary>Other requests that the plugin makes, with their answers: uploads, the account.</summary>
    public IReadOnlyDictionary<ProviderRequest, ProviderAnswer> Others { get; init; } = new Dictionary<ProviderRequest, ProviderAnswer>();

    /// <summary>A provider that takes what is sent.</summary>
    /// <param name="values">What the places of rules stand for.</param>
    internal FakeProvider Create(IReadOnlyDictionary<string, string> values)
    {
        var provider = new FakeProvider { Rules = Rules, Values = values }.Answer(Send, Accepted).Rule(Send, SendRules);
        if (Lookup is { } lookup && Found is { } found) provider.Answer(lookup, found);
        foreach (var (request, answer) in Others) provider.Answer(request, answer);
        return provider;
    }
}

/// <summary>A status as the provider tells it, and what it means.</summary>
/// <typeparam name="TState">The states of faxes or of messages.</typeparam>
/// <param name="Answer">The provider's answer to the request for it.</param>
/// <param name="State">What the plugin must make of it.</param>
public sealed record StatusCase<TState>(ProviderAnswer Answer, TState State);
