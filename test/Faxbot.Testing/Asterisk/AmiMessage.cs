namespace Faxbot.Testing.Asterisk;

/// <summary>An event, a response or a result of Asterisk: fields by name, case ignored. Of a repeated field the last one counts.</summary>
public sealed class AmiMessage
{
    private readonly Dictionary<string, string> _fields = new(StringComparer.OrdinalIgnoreCase);

    internal AmiMessage(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon) _fields[line[..colon]] = line[(colon + 1)..].Trim();
        }
    }

    /// <summary>All fields.</summary>
    public IReadOnlyDictionary<string, string> Fields => _fields;

    /// <summary>The field's value; empty when it is absent.</summary>
    public string this[string field] => _fields.GetValueOrDefault(field, "");

    /// <inheritdoc />
    public override string ToString() => string.Join('\n', _fields.Select(field => $"{field.Key}: {field.Value}"));
}
