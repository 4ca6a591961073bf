using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Faxbot.Server.Configuration;

/// <summary>
/// One setting, as the tree of <see cref="GatewayOptions"/> tells it. A list of sections is a property of type <see cref="IReadOnlyList{T}"/> without a mark:
/// its settings stand for those of each entry (<c>asterisk.servers[].host</c>, in the environment <c>FAXBOT_ASTERISK_SERVERS_0_HOST</c>).
/// </summary>
internal sealed class Setting
{
    /// <summary>What stands behind the key of a list of sections, in the keys of its settings.</summary>
    public const string EachEntry = "[]";

    /// <summary>The most entries of a list of sections.</summary>
    public const int MostEntries = 100;

    private readonly SettingAttribute _marks;

    private Setting(string key, PropertyInfo property, SettingAttribute marks, object? defaultValue)
    {
        (Key, Property, _marks, Default) = (key, property, marks, defaultValue);
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        IsList = IsListType(type);
        ValueType = IsList ? type.GetGenericArguments()[0] : type;
        Shape = SettingShape.Of(ValueType);
    }

    /// <summary>All of them, in the order of the tree.</summary>
    public static IReadOnlyList<Setting> All { get; } = [.. Read(typeof(GatewayOptions), new GatewayOptions(), "")];

    /// <summary>Its path in the file: <c>sip.bind</c>.</summary>
    public string Key { get; }

    /// <summary>The key of the list of sections that it is of; null for all others.</summary>
    public string? ListKey => Key.IndexOf(EachEntry, StringComparison.Ordinal) is >= 0 and var end ? Key[..end] : null;

    /// <summary>Its variable: <c>FAXBOT_</c> and the key in upper case, points as underscores; of a list of sections that of the first entry.</summary>
    public string EnvironmentName => EnvironmentPrefix + Key.Replace(EachEntry, "[0]", StringComparison.Ordinal).Replace("]", "").Replace('[', '_').Replace('.', '_').ToUpperInvariant();

    public const string EnvironmentPrefix = "FAXBOT_";

    public PropertyInfo Property { get; }

    public SettingShape Shape { get; }

    public bool IsList { get; }

    /// <summary>The type of the value, or of the list's values.</summary>
    public Type ValueType { get; }

    public object? Default { get; }

    public string Meaning => _marks.Meaning;

    public string? Unset => _marks.Unset;

    public string? Example => _marks.Example;

    public bool IsPath => _marks.IsPath;

    public bool IsRequired => _marks.IsRequired;

    public long Min => _marks.Min;

    public long Max => _marks.Max;

    /// <summary>What its text must look like.</summary>
    public string Description => Shape.Description + (Min, Max) switch
    {
        (long.MinValue, long.MaxValue) => "",
        (_, long.MaxValue) => $", at least {Min}",
        _ => $" from {Min} to {Max}",
    };

    /// <summary>Its section's key; empty at the root.</summary>
    public string Section => Key.Contains('.', StringComparison.Ordinal) ? Key[..Key.LastIndexOf('.')] : "";

    /// <summary>The texts of a value, fit to be seen; none when it is not set.</summary>
    public IReadOnlyList<string> Show(object? value) => value is null ? []
        : IsList ? [.. ((System.Collections.IEnumerable)value).Cast<object>().Select(Shape.Show)]
        : [Shape.Show(value)];

    /// <summary>All settings, those of lists once for each entry up to the last that <paramref name="isWritten"/> finds something of.</summary>
    public static IReadOnlyList<Setting> Present(Predicate<Setting> isWritten) =>
    [
        .. All.GroupBy(setting => setting.ListKey ?? setting.Key).SelectMany(group => group.First().ListKey is null
            ? group
            : Enumerable.Range(0, 1 + Enumerable.Range(0, MostEntries).LastOrDefault(index => group.Any(setting => isWritten(setting.At(index))), -1))
                .SelectMany(index => group.Select(setting => setting.At(index)))),
    ];

    /// <summary>The same setting of one entry of its list.</summary>
    public Setting At(int index) => new(Key.Replace(EachEntry, EntryKey(index), StringComparison.Ordinal), Property, _marks, Default);

    /// <summary>What stands behind the key of a list of sections in the key of one entry.</summary>
    public static string EntryKey(int index) => string.Create(CultureInfo.InvariantCulture, $"[{index}]");

    /// <summary>Whether a property holds a list.</summary>
    public static bool IsListType(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);

    /// <summary>The key of a property within its section.</summary>
    public static string NameOf(PropertyInfo property) => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);

    private static IEnumerable<Setting> Read(Type type, object defaults, string prefix) => type.GetProperties().SelectMany(property =>
    {
        var value = property.GetValue(defaults);
        return property.GetCustomAttribute<SettingAttribute>() is { } marks
            ? [new Setting(prefix + NameOf(property), property, marks, value)]
            : IsListType(property.PropertyType)
            ? Read(property.PropertyType.GetGenericArguments()[0], Activator.CreateInstance(property.PropertyType.GetGenericArguments()[0])!, $"{prefix}{NameOf(property)}{EachEntry}.")
            : Read(property.PropertyType, value!, $"{prefix}{NameOf(property)}.");
    });
}
