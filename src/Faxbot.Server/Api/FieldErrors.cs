namespace Faxbot.Server.Api;

/// <summary>Collects what is wrong with the fields of one request, so that its sender learns all of it at once.</summary>
internal sealed class FieldErrors
{
    private readonly Dictionary<string, List<string>> _errors = new(StringComparer.Ordinal);

    public void Add(string field, string sentence)
    {
        if (_errors.TryGetValue(field, out var sentences)) sentences.Add(sentence);
        else _errors[field] = [sentence];
    }

    /// <exception cref="ProblemException">A field is wrong.</exception>
    public void ThrowIfAny()
    {
        if (_errors.Count == 0) return;
        var detail = string.Join(' ', _errors.SelectMany(field => field.Value.Select(sentence => $"{field.Key}: {sentence}")));
        throw new ProblemException(ProblemKind.Invalid, detail, _errors.ToDictionary(field => field.Key, field => field.Value.ToArray()));
    }
}
