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
        return Numbers().Replace(line.ReplaceLineEndings(" "), number => new PhoneNumber(number.Value).ToString());
    }

    [GeneratedRegex(@"\+?\d{7,}")]
    private static partial Regex Numbers();
}
