using System.Globalization;

namespace Faxbot.Lines.Asterisk.Manager;

/// <summary>A message of the manager interface: a response, or an event. Its fields stand in the order in which they came; the first of a name holds.</summary>
internal sealed class AmiMessage(IReadOnlyList<KeyValuePair<string, string>> fields)
{
    /// <summary>The fields.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields { get; } = fields;

    /// <summary>The event's name; empty for a response.</summary>
    public string Event => this["Event"];

    /// <summary>What the response says; empty for an event. An <c>OriginateResponse</c> is an event and has one too.</summary>
    public string Response => this["Response"];

    /// <summary>The action that is answered; empty for an event of Asterisk's own.</summary>
    public string ActionId => this["ActionID"];

    /// <summary>Whether it answers an action.</summary>
    public bool IsResponse => Event.Length == 0 && Response.Length > 0;

    /// <summary>The value of a field; empty where there is none.</summary>
    public string this[string name]
    {
        get
        {
            foreach (var (field, value) in Fields)
            {
                if (field.Equals(name, StringComparison.OrdinalIgnoreCase)) return value;
            }

            return "";
        }
    }

    /// <summary>A field's number; null where there is none.</summary>
    public int? Number(string name) => int.TryParse(this[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The message in one line, for a debugger.</summary>
    public override string ToString() => string.Join(" | ", Fields.Select(field => $"{field.Key}: {field.Value}"));
}
