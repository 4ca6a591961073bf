using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Faxbot.Server.Configuration;

/// <summary>The configuration file: JSON with comments and trailing commas, a section an object.</summary>
internal static partial class ConfigurationFile
{
    /// <summary>The variable that names the file.</summary>
    public const string Variable = Setting.EnvironmentPrefix + "CONFIG";

    /// <summary>Its usual name.</summary>
    public const string Name = "faxbot.json";

    private static readonly JsonDocumentOptions Format = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false };

    /// <summary>The file that <see cref="Variable"/> names, else <see cref="Name"/> in the working folder, else none.</summary>
    public static string? Find(IReadOnlyDictionary<string, string> environment, string workingFolder)
    {
        if (environment.TryGetValue(Variable, out var named) && named.Length > 0) return named;
        var usual = Path.Combine(workingFolder, Name);
        return File.Exists(usual) ? usual : null;
    }

    /// <summary>The settings of a file's text, by key. What is wrong is added to the problems.</summary>
    public static IReadOnlyDictionary<string, RawSetting> Parse(string text, List<ConfigurationProblem> problems)
    {
        var settings = new Dictionary<string, RawSetting>();
        try
        {
            using var document = JsonDocument.Parse(text, Format);
            if (document.RootElement.ValueKind == JsonValueKind.Object) ReadSection(document.RootElement, "", settings, problems);
            else problems.Add(new ConfigurationProblem(Name, "The file is an object: { ... }."));
        }
        catch (JsonException e)
        {
            var place = e.LineNumber is { } line ? $"{Name}, line {line + 1}, column {e.BytePositionInLine + 1}" : Name;
            problems.Add(new ConfigurationProblem(place, "This is not JSON with comments: look for a missing quote, comma or brace, or a key that stands twice."));
        }

        return settings;
    }

    /// <summary>A file that says nothing but shows each setting: meaning, variable and default, as comments.</summary>
    public static string Sample()
    {
        var sample = new StringBuilder("// The configuration of Faxbot: JSON with comments. Each line that is commented out shows the default, or an example.\n{\n");
        foreach (var section in Setting.All.GroupBy(setting => setting.Section))
        {
            var (opening, closing, indent) = Frame(section.Key);
            sample.Append(opening).AppendJoin('\n', section.Select(setting => Describe(setting, indent))).Append(closing);
        }

        return sample.Append("}\n").ToString();
    }

    private static (string Opening, string Closing, string Indent) Frame(string section) =>
        section.Length == 0 ? ("", "\n", "  ")
        : section.EndsWith(Setting.EachEntry, StringComparison.Ordinal) && section[..^Setting.EachEntry.Length].Split('.') is [var outer, var list]
            ? ($"  \"{outer}\": {{\n    \"{list}\": [{{\n", "    }],\n  },\n\n", "      ")
        : ($"  \"{section}\": {{\n", "  },\n\n", "    ");

    private static string Describe(Setting setting, string indent)
    {
        var shown = setting.Default is null || setting is { IsList: true, Example: not null } ? [setting.Example!] : setting.Show(setting.Default);
        var values = shown.Select(text => setting.ValueType == typeof(bool) || setting.ValueType == typeof(int) ? text : $"\"{text}\"");
        var value = setting.IsList ? $"[{string.Join(", ", values)}]" : values.Single();
        var unset = setting.Unset is { } otherwise ? $" Not set: {otherwise}." : "";
        return $"{indent}// {setting.Meaning}{unset}\n{indent}// It is {setting.Description}. Environment: {setting.EnvironmentName}\n{indent}// \"{Last(setting.Key)}\": {value},\n";
    }

    private static void ReadSection(JsonElement section, string prefix, Dictionary<string, RawSetting> settings, List<ConfigurationProblem> problems)
    {
        foreach (var property in section.EnumerateObject())
        {
            var key = prefix + property.Name;
            var known = EntryNumber().Replace(key, Setting.EachEntry);
            var isSection = property.Value.ValueKind == JsonValueKind.Object;
            if (Setting.All.Any(setting => setting.Key == known))
            {
                if (Texts(property.Value) is { } texts) settings.Add(key, new RawSetting(texts, SettingOrigin.File, key));
                else problems.Add(new ConfigurationProblem(key, isSection ? "This is one value, not a section." : "There is no value: write one, or leave the key out."));
            }
            else if (Setting.All.Any(setting => setting.ListKey == known))
            {
                ReadList(property, key, settings, problems);
            }
            else if (Setting.All.Any(setting => setting.Section == known || setting.Section.StartsWith(known + ".", StringComparison.Ordinal)))
            {
                if (isSection) ReadSection(property.Value, key + ".", settings, problems);
                else problems.Add(new ConfigurationProblem(key, $"This is a section: write \"{property.Name}\": {{ ... }}."));
            }
            else
            {
                problems.Add(Unknown(key));
            }
        }
    }

    private static void ReadList(JsonProperty list, string key, Dictionary<string, RawSetting> settings, List<ConfigurationProblem> problems)
    {
        if (list.Value.ValueKind != JsonValueKind.Array || list.Value.GetArrayLength() > Setting.MostEntries || list.Value.EnumerateArray().Any(entry => entry.ValueKind != JsonValueKind.Object))
        {
            problems.Add(new ConfigurationProblem(key, $"This is a list of sections, at most {Setting.MostEntries}: write \"{list.Name}\": [{{ ... }}]."));
            return;
        }

        foreach (var (index, entry) in list.Value.EnumerateArray().Index()) ReadSection(entry, $"{key}{Setting.EntryKey(index)}.", settings, problems);
    }

    private static ConfigurationProblem Unknown(string key)
    {
        var keys = Setting.All.Select(setting => setting.Key).ToArray();
        var nearest = keys.FirstOrDefault(known => Last(known) == Last(key)) ?? NearestKey.Of(key, keys.Concat(Setting.All.Select(setting => setting.Section)));
        return new ConfigurationProblem(key, "No such setting." + (string.IsNullOrEmpty(nearest) ? " Take it out." : $" Perhaps {nearest} is meant."));
    }

    // Null: nothing, or what is no value.
    private static List<string>? Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => [value.GetRawText()],
        JsonValueKind.Array when value.EnumerateArray().All(element => element.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object or JsonValueKind.Null)) =>
            [.. value.EnumerateArray().SelectMany(element => Texts(element)!)],
        _ => null,
    };

    private static string Last(string key) => key[(key.LastIndexOf('.') + 1)..];

    [GeneratedRegex(@"\[[0-9]+\]")]
    private static partial Regex EntryNumber();
}
