using System.Text.RegularExpressions;

namespace Faxbot.Sdk.Numbers;

/// <summary>
/// What must not stand in a log: numbers, however they are written, and texts of documents, messages and secrets. Words that the log may have of its own
/// accord are too short to be looked for.
/// </summary>
internal sealed partial class PersonalTexts
{
    // What remains of a number when only its ends are shown is shorter.
    private const int TellingDigits = 7;
    private const int TellingText = 4;

    private readonly HashSet<string> _digits = [];
    private readonly HashSet<string> _texts = [];

    /// <summary>Adds a phone number.</summary>
    public void AddNumber(string number)
    {
        var digits = NoDigit().Replace(number, "");
        if (digits.Length >= TellingDigits) _digits.Add(digits[^TellingDigits..]);
    }

    /// <summary>Adds a text: a name, what a page or message says, a secret.</summary>
    public void AddText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length >= TellingText) _texts.Add(text);
    }

    /// <summary>The lines in which one of them stands, each with what was found, masked.</summary>
    /// <param name="lines">Lines of a log.</param>
    public IReadOnlyList<string> FindIn(IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        return [.. from line in lines from found in FindIn(line) select $"{found}: {line}"];
    }

    private IEnumerable<string> FindIn(string line)
    {
        // Blanks, dots, brackets and hyphens between digits are how people write numbers.
        var joined = BetweenDigits().Replace(line, "");
        return _digits.Where(joined.Contains).Select(_ => "a phone number")
            .Concat(_texts.Where(text => line.Contains(text, StringComparison.OrdinalIgnoreCase)).Select(_ => "personal text or a secret"));
    }

    [GeneratedRegex("[^0-9]")]
    private static partial Regex NoDigit();

    [GeneratedRegex(@"(?<=[0-9])[\s().\-/]+(?=[0-9])")]
    private static partial Regex BetweenDigits();
}
