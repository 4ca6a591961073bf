using System.Text.RegularExpressions;

namespace Faxbot.Sdk.Testing.Providers;

/// <summary>The places of rules, such as <c>{to}</c>, which stand for what a test sends.</summary>
internal static partial class Places
{
    /// <summary>Any text, as long as there is one.</summary>
    public const string Any = "{any}";

    /// <summary>With the values in their places.</summary>
    public static string Fill(string rule, IReadOnlyDictionary<string, string> values) => Place().Replace(rule, place => values.GetValueOrDefault(place.Groups["name"].Value, place.Value));

    [GeneratedRegex("{(?<name>[a-z_]+)}")]
    private static partial Regex Place();
}
