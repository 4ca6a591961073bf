using System.Text;

namespace Faxbot.Lines.Asterisk.Manager;

/// <summary>
/// An action of the manager interface. No value can end its line and begin a field of its own: one with CR, LF or NUL is refused, and so is a line
/// longer than Asterisk reads. The action id is given when it is sent. Immutable.
/// </summary>
internal sealed class AmiAction
{
    // manager.c reads lines into a buffer of 1024 characters with its end.
    private const int LongestLine = 1_020;
    private const string LineEnd = "\r\n";
    private readonly string _text;

    /// <summary>An action without fields.</summary>
    /// <exception cref="ArgumentException">The name cannot be sent.</exception>
    public AmiAction(string name)
        : this(name, Line("Action", name))
    {
    }

    private AmiAction(string name, string text) => (Name, _text) = (name, text);

    /// <summary>The action's name.</summary>
    public string Name { get; }

    /// <summary>Whether a field with this value can be sent.</summary>
    public static bool CanSend(string name, string value) =>
        name.Length > 0 && name.IndexOfAny([':', '\r', '\n', '\0']) < 0 && value.IndexOfAny(['\r', '\n', '\0']) < 0
        && Encoding.UTF8.GetByteCount(name) + Encoding.UTF8.GetByteCount(value) + 2 <= LongestLine;

    /// <summary>The value of a variable with all characters that Asterisk would split or strip it at escaped.</summary>
    /// <remarks>Asterisk splits the field at commas and strips quotation marks and backslashes, as it does with arguments of an application.</remarks>
    public static string Escape(string value)
    {
        var escaped = new StringBuilder(value.Length + 8);
        foreach (var letter in value)
        {
            if (letter is ',' or '"' or '\\' or ';' or '(' or ')' or '[' or ']') escaped.Append('\\');
            escaped.Append(letter);
        }

        return escaped.ToString();
    }

    /// <summary>The same with a field more.</summary>
    /// <exception cref="ArgumentException">It cannot be sent: it has a line break or NUL, or is too long.</exception>
    public AmiAction With(string name, string value) => new(Name, _text + Line(name, value));

    /// <summary>The same with a channel variable more, as <c>Originate</c> takes them. A name may be a function with arguments.</summary>
    /// <exception cref="ArgumentException">It cannot be sent: it has a line break or NUL, or is too long.</exception>
    public AmiAction WithVariable(string name, string value) => With("Variable", $"{name}={Escape(value)}");

    /// <summary>The octets that are sent.</summary>
    public byte[] Write(string actionId) => Encoding.UTF8.GetBytes(_text + Line("ActionID", actionId) + LineEnd);

    private static string Line(string name, string value) => CanSend(name, value)
        ? $"{name}: {value}{LineEnd}"
        : throw new ArgumentException($"The field {name} cannot be sent to Asterisk: a value has no line break and no NUL, and at most {LongestLine} octets with its name.", nameof(value));
}
