using System.Text;

namespace Faxbot.Lines.Asterisk.Configuration;

/// <summary>
/// Writes a file as Asterisk reads it. A value can never become a line, a section or a comment of its own: one that Asterisk would not read back as it
/// is, is left out and told. Not thread-safe.
/// </summary>
internal sealed class ConfWriter
{
    // Asterisk's reader takes lines of at most 8191 octets.
    private const int LongestValue = 4_000;

    private readonly StringBuilder _text = new();
    private readonly List<ConfProblem> _problems = [];
    private string _section = "";

    /// <summary>The values that could not be written.</summary>
    public IReadOnlyList<ConfProblem> Problems => _problems;

    /// <summary>A line for people.</summary>
    public void Comment(string sentence) => _text.Append("; ").Append(Printable(sentence)).Append('\n');

    /// <summary>An empty line.</summary>
    public void Space() => _text.Append('\n');

    /// <summary>Begins a section. Its name is ours or the id of a plugin, which the manifest keeps to letters, digits and hyphens.</summary>
    /// <param name="name">The name.</param>
    /// <param name="addsTo">Whether it adds to a section that is there already.</param>
    public void Section(string name, bool addsTo = false)
    {
        if (name.Length == 0 || !name.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '_')) throw new ArgumentException("It is no name of a section.", nameof(name));
        _section = name;
        _text.Append('[').Append(name).Append(addsTo ? "](+)\n" : "]\n");
    }

    /// <summary>A value of the section; a null is none.</summary>
    public void Value(string key, string? value)
    {
        if (value is null) return;
        if (Flaw(value) is { } flaw) _problems.Add(new ConfProblem(_section, key, flaw));
        // A semicolon begins a comment unless a backslash stands before it; a backslash anywhere else is one.
        else _text.Append(key).Append(" = ").Append(value.Replace(";", "\\;", StringComparison.Ordinal)).Append('\n');
    }

    /// <summary>A value that is yes or no.</summary>
    public void Value(string key, bool value) => Value(key, value ? "yes" : "no");

    /// <summary>A value that is a number.</summary>
    public void Value(string key, int value) => Value(key, value.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>What was written.</summary>
    public override string ToString() => _text.ToString();

    private static string? Flaw(string value) => value switch
    {
        "" => "It is empty.",
        _ when value.Any(char.IsControl) => "It has a control character in it, such as a line break.",
        _ when value[0] is ' ' or '\u00a0' || value[^1] is ' ' or '\u00a0' => "It begins or ends with a blank, which Asterisk would take off.",
        _ when value.Length > LongestValue => $"It is longer than {LongestValue} characters.",
        _ => null,
    };

    private static string Printable(string sentence) => string.Concat(sentence.Select(sign => char.IsControl(sign) ? ' ' : sign));
}
