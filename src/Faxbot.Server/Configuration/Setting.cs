using System.Reflection;
using System.Text.Json;

namespace Faxbot.Server.Configuration;

/// <summary>One setting, as the tree of <see cref="GatewayOptions"/> tells it.</summary>
internal sealed class Setting
{
    private readonly SettingAttribute _marks;

    private Setting(string key, PropertyInfo property, SettingAttribute marks, object? defaultValue)
    {
        (Key, Property, _marks, Default) = (key, property, marks, defaultValue);
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        IsList = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);
        ValueType = IsList ? type.GetGenericArguments()[0] : type;
        Shape = SettingShape.Of(ValueType);
    }

    /// <summary>All of them, in the order of the tree.</summary>
    public static IReadOnlyList<Setting> All { get; } = [.. Read(typeof(GatewayOptions), new GatewayOptions(), "")];

    /// <summary>Its path in the file: <c>sip.bind</c>.</summary>
    public string Key { get; }

    /// <summary>Its variable: <c>FAXBOT_</c> and the key in upper case, points as underscores.</summary>
    public string EnvironmentName => EnvironmentPrefix + Key.Replace('.', '_').ToUpperInvariant();

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

    /// <summary>The key of a property within its section.</summary>
    public static string NameOf(PropertyInfo property) => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);

    private static IEnumerable<Setting> Read(Type type, object defaults, string prefix) => type.GetProperties().SelectMany(property =>
    {
        var value = property.GetValue(defaults);
        return property.GetCustomAttribute<SettingAttribute>() is { } marks
            ? [new Setting(prefix + NameOf(property), property, marks, value)]
            : Read(property.PropertyType, value!, $"{prefix}{NameOf(property)}.");
    });
}
