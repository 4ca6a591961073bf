using System.Globalization;

namespace Faxbot.Sdk.Testing.Providers;

/// <summary>
/// How a provider wants a request to be written. One that is written otherwise is refused, as the provider would, and the test fails with what was expected
/// and what came. A rule that is null does not look.
/// </summary>
public sealed record RequestRules
{
    /// <summary>The whole of <c>Authorization</c>, scheme and credentials.</summary>
    public string? Authorization { get; init; }

    /// <summary>The whole of <c>Accept</c>.</summary>
    public string? Accept { get; init; }

    /// <summary>Other header fields, by name, each with its whole value.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The query, with its question mark; empty for none.</summary>
    public string? Query { get; init; }

    /// <summary>The body.</summary>
    public BodyRule? Body { get; init; }

    /// <summary>What is wrong with a request, each as a sentence.</summary>
    /// <param name="call">The request.</param>
    /// <param name="values">What the places of the rules stand for.</param>
    internal IEnumerable<string> Check(ProviderCall call, IReadOnlyDictionary<string, string> values)
    {
        var fields = new Dictionary<string, string>(Headers);
        if (Authorization is not null) fields["Authorization"] = Authorization;
        if (Accept is not null) fields["Accept"] = Accept;
        foreach (var (name, expected) in fields)
        {
            var came = call.Headers.GetValueOrDefault(name);
            if (came == expected) continue;
            yield return name == "Authorization"
                ? "Authorization is not what the account's credentials make."
                : string.Create(CultureInfo.InvariantCulture, $"{name} must be \"{expected}\", and is {(came is null ? "not there" : $"\"{came}\"")}.");
        }

        if (Query is not null && call.Query != Places.Fill(Query, values)) yield return $"The query must be \"{Places.Fill(Query, values)}\", and is \"{call.Query}\".";
        foreach (var wrong in Body?.Check(call, values) ?? []) yield return wrong;
    }
}
