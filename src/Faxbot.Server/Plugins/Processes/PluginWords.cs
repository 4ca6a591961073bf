using System.Text.RegularExpressions;
using Faxbot.Sdk.Numbers;

namespace Faxbot.Server.Plugins.Processes;

/// <summary>Makes what a plugin said fit for logs and records: one line, not long, and what may be a number only by its ends.</summary>
internal static partial class PluginWords
{
    private const int Longest = 1000;

    public static string Fit(string text)
    {
        var line = text.Length > Longest ? $"{text[..Longest]}..." : text;
        return Numbers().Replace(line.ReplaceLineEndings(" "), found => found.Groups["id"].Success ? found.Value : Mask(found.Value));
    }

    // As people write them, too: +1 (555) 010-0191. Ids of ours are left whole, so that a line can be joined to its fax.
    [GeneratedRegex(@"(?<id>\b[0-9a-f]{32}\b)|\+?\(?\d(?:[ ()\-]{0,2}\d){5,}")]
    private static partial Regex Numbers();

    private static string Mask(string written) => new PhoneNumber(string.Concat(written.Where(letter => letter == '+' || char.IsAsciiDigit(letter)))).ToString();
}
