using System.Collections.Frozen;
using System.Text.Json;

namespace Faxbot.Server.Jobs;

/// <summary>The words by which an enum's values stand in tables and events: snake case, as in JSON.</summary>
internal static class Words<T> where T : struct, Enum
{
    private static readonly FrozenDictionary<T, string> ByValue =
        Enum.GetValues<T>().ToFrozenDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

    private static readonly FrozenDictionary<string, T> ByWord = ByValue.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    public static string Of(T value) => ByValue[value];

    /// <exception cref="KeyNotFoundException">A table has a word that this version does not know.</exception>
    public static T Parse(string word) => ByWord[word];
}
