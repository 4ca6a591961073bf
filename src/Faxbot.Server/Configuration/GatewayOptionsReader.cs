using System.Globalization;
using Faxbot.Server.Plugins.Install;

namespace Faxbot.Server.Configuration;

/// <summary>Makes <see cref="GatewayOptions"/> of the file's text and the environment: a variable goes before the file, the file before the default.</summary>
internal static class GatewayOptionsReader
{
    private const string FileSuffix = "_FILE";
    private const string FilePrefix = "@file:";
    private const string DataFolder = "data_folder";

    /// <summary>Reads all, and says all that is wrong at once.</summary>
    /// <param name="file">The text of the file; null when there is none.</param>
    /// <param name="environment">The variables of the process.</param>
    public static ConfigurationReading Read(string? file, IReadOnlyDictionary<string, string> environment)
    {
        List<ConfigurationProblem> problems = [];
        var written = file is null ? new Dictionary<string, RawSetting>() : ConfigurationFile.Parse(file, problems);
        var folders = new Folders(environment.GetValueOrDefault("HOME") ?? environment.GetValueOrDefault("USERPROFILE"));
        Dictionary<string, object?> values = [];
        Dictionary<string, SettingOrigin> origins = [];
        var settings = Setting.Present(setting => written.ContainsKey(setting.Key) || VariablesOf(setting).Any(environment.ContainsKey));
        // The data folder first: the others may lie in it.
        foreach (var setting in settings.OrderByDescending(setting => setting.Key == DataFolder))
        {
            var raw = FromEnvironment(setting, environment, problems) ?? written.GetValueOrDefault(setting.Key);
            origins[setting.Key] = raw?.Origin ?? SettingOrigin.Default;
            values[setting.Key] = ValueOf(setting, raw, folders, problems);
            if (setting.Key == DataFolder) folders = folders with { Data = values[DataFolder] as string };
        }

        AddContradictions(values, key => origins[key] != SettingOrigin.Default, problems);
        var options = problems.Count > 0 ? null : (GatewayOptions)Build(typeof(GatewayOptions), "", values);
        if (options is not null) problems.AddRange(AsteriskRules.Check(options.Asterisk));
        return new ConfigurationReading
        {
            Problems = problems,
            Warnings = [.. UnknownVariables(settings, environment)],
            Options = problems.Count > 0 ? null : options,
            Settings = problems.Count > 0 ? [] : [.. settings.Select(setting => Effective(setting, values[setting.Key], origins[setting.Key]))],
        };
    }

    private static RawSetting? FromEnvironment(Setting setting, IReadOnlyDictionary<string, string> environment, List<ConfigurationProblem> problems)
    {
        var name = setting.EnvironmentName;
        var text = environment.GetValueOrDefault(name);
        var path = setting.Shape.IsSecret ? environment.GetValueOrDefault(name + FileSuffix) : null;
        if (text is not null && path is not null) problems.Add(new ConfigurationProblem(name, $"{name}{FileSuffix} is set too: unset one of the two."));
        if (path is not null) return new RawSetting([FilePrefix + path], SettingOrigin.Environment, name + FileSuffix);
        if (text is null) return null;
        return new RawSetting(
            setting.IsList ? text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [text], SettingOrigin.Environment, name);
    }

    // Null, too, when there is a problem.
    private static object? ValueOf(Setting setting, RawSetting? raw, Folders folders, List<ConfigurationProblem> problems)
    {
        if (raw is null)
        {
            if (setting.IsRequired) problems.Add(new ConfigurationProblem(setting.Key, $"It is missing: write {setting.Description}. {setting.Meaning}"));
            if (setting is not { IsPath: true, Default: not null }) return setting.Default;
            raw = new RawSetting(setting.Show(setting.Default), SettingOrigin.Default, setting.Key);
        }

        if (!setting.IsList && raw.Texts.Count != 1)
        {
            problems.Add(new ConfigurationProblem(raw.Place, "This is one value, not a list."));
            return null;
        }

        var values = raw.Texts.Select(text => OneValueOf(setting, text, raw.Place, folders, problems)).ToArray();
        if (values.Contains(null)) return null;
        if (!setting.IsList) return values[0];
        var list = Array.CreateInstance(setting.ValueType, values.Length);
        values.CopyTo(list, 0);
        return list;
    }

    private static object? OneValueOf(Setting setting, string text, string place, Folders folders, List<ConfigurationProblem> problems)
    {
        if (setting.Shape.IsSecret && text.StartsWith(FilePrefix, StringComparison.Ordinal) && !TryReadSecret(text[FilePrefix.Length..], place, problems, out text)) return null;
        if (setting.IsPath && !folders.TryReplace(ref text))
        {
            problems.Add(new ConfigurationProblem(place, "The home folder is not known, as HOME is not set: write the whole path."));
            return null;
        }

        var value = setting.Shape.Parse(text);
        if (value is not null && IsWithin(setting, value)) return value;
        var shown = setting.Shape.IsSecret ? "What is set" : $"\"{text}\"";
        problems.Add(new ConfigurationProblem(place, $"{shown} is not {setting.Description}."));
        return null;
    }

    private static bool TryReadSecret(string path, string place, List<ConfigurationProblem> problems, out string secret)
    {
        secret = "";
        try
        {
            secret = File.ReadAllText(path).Trim();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            problems.Add(new ConfigurationProblem(place, $"The file {path} cannot be read: {e.Message}"));
            return false;
        }
    }

    private static bool IsWithin(Setting setting, object value)
    {
        long? count = value switch
        {
            int number => number,
            OctetCount size => size.Octets,
            TimeSpan duration => (long)duration.TotalSeconds,
            _ => null,
        };
        return count is null || (count >= setting.Min && count <= setting.Max);
    }

    private static void AddContradictions(Dictionary<string, object?> values, Predicate<string> isSet, List<ConfigurationProblem> problems)
    {
        AddUnlistedFeeds(values, problems);
        const string From = "quiet_hours.from", Until = "quiet_hours.until", Prefixes = "quiet_hours.prefixes", Key = "storage.key", PreviousKey = "storage.previous_key";
        if (isSet(From) != isSet(Until)) problems.Add(new ConfigurationProblem(isSet(From) ? Until : From, "Set both from and until, or neither."));
        if (isSet(Prefixes) && !isSet(From) && !isSet(Until)) problems.Add(new ConfigurationProblem(Prefixes, "There are no quiet hours: set from and until too."));
        if (values[From] is { } from && from.Equals(values[Until])) problems.Add(new ConfigurationProblem(Until, "This is when they begin: no fax would ever leave."));
        if (isSet(PreviousKey) && !isSet(Key)) problems.Add(new ConfigurationProblem(PreviousKey, $"There is no {Key} to change to: set it too."));
    }

    private static void AddUnlistedFeeds(Dictionary<string, object?> values, List<ConfigurationProblem> problems)
    {
        const string Sources = "plugins.sources", Credentials = "plugins.feed_credentials";
        if (values[Sources] is not IReadOnlyList<string> sources || values[Credentials] is not IReadOnlyList<FeedCredentials> all) return;
        problems.AddRange(all.Where(credentials => !sources.Any(credentials.AreOf))
            .Select(credentials => new ConfigurationProblem(Credentials, $"{credentials} is not in {Sources}: list it there too, or write it as it stands there.")));
    }

    private static object Build(Type type, string prefix, Dictionary<string, object?> values)
    {
        var options = Activator.CreateInstance(type)!;
        foreach (var property in type.GetProperties())
        {
            var key = prefix + Setting.NameOf(property);
            property.SetValue(options, values.TryGetValue(key, out var value) ? value
                : Setting.IsListType(property.PropertyType) ? BuildList(property.PropertyType.GetGenericArguments()[0], key, values)
                : Build(property.PropertyType, key + ".", values));
        }

        return options;
    }

    private static Array BuildList(Type type, string key, Dictionary<string, object?> values)
    {
        var prefixes = Enumerable.Range(0, Setting.MostEntries).Select(index => $"{key}{Setting.EntryKey(index)}.")
            .TakeWhile(prefix => values.Keys.Any(known => known.StartsWith(prefix, StringComparison.Ordinal))).ToArray();
        var list = Array.CreateInstance(type, prefixes.Length);
        prefixes.Select(prefix => Build(type, prefix, values)).ToArray().CopyTo(list, 0);
        return list;
    }

    private static EffectiveSetting Effective(Setting setting, object? value, SettingOrigin origin) =>
        new(setting.Key, value is null ? null : string.Join(", ", setting.Show(value)), origin);

    // Not errors: Kubernetes gives each pod variables such as FAXBOT_PORT when a service is called faxbot.
    private static IEnumerable<ConfigurationProblem> UnknownVariables(IReadOnlyList<Setting> settings, IReadOnlyDictionary<string, string> environment)
    {
        var names = settings.Concat(Setting.All).SelectMany(VariablesOf).Append(ConfigurationFile.Variable).ToHashSet();
        return environment.Keys
            .Where(name => name.StartsWith(Setting.EnvironmentPrefix, StringComparison.Ordinal) && !names.Contains(name))
            .Order(StringComparer.Ordinal)
            .Select(name => new ConfigurationProblem(name, "No such setting." + (NearestKey.Of(name, names) is { } nearest ? $" Perhaps {nearest} is meant." : "")));
    }

    private static IEnumerable<string> VariablesOf(Setting setting) =>
        setting.Shape.IsSecret ? [setting.EnvironmentName, setting.EnvironmentName + FileSuffix] : [setting.EnvironmentName];

    private sealed record Folders(string? Home, string? Data = null)
    {
        public bool TryReplace(ref string path)
        {
            if (path.StartsWith("~/", StringComparison.Ordinal))
            {
                if (Home is null) return false;
                path = Path.Combine(Home, path[2..]);
            }

            // Without a data folder there is a problem already.
            path = path.Replace("{data_folder}", Data, true, CultureInfo.InvariantCulture);
            return true;
        }
    }
}
