using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Faxbot.Sdk.Manifests;

/// <summary>What a manifest must say, one rule after the other.</summary>
internal static partial class ManifestRules
{
    private const string CategoriesExample = "[\"outbound\"]", CapabilitiesExample = "[\"send_fax\", \"get_status\"]";
    private const int LongestId = 64;

    private static readonly FrozenSet<string> Known = FieldsOf(typeof(PluginManifest));
    private static readonly FrozenSet<string> KnownTraits = FieldsOf(typeof(PluginTraits));

    public static void Check(ManifestFields fields)
    {
        CheckWords(fields);
        var types = CheckCategories(fields);
        if (types is not null) CheckCapabilities(fields, types);
        CheckContract(fields);
        CheckEntry(fields);
        CheckHosts(fields);
        CheckIcon(fields);
        ConfigSchema.Check(fields, fields.Object("config_schema", "a JSON Schema: { \"type\": \"object\", \"properties\": { ... } }"));
        CheckUnknown(fields);
    }

    private static void CheckWords(ManifestFields fields)
    {
        if (fields.RequiredText("id", "\"faxbot-sip-example\"") is { } id && (id.Length > LongestId || !Id().IsMatch(id)))
            fields.Refuse("$.id", $"\"{id}\" is not an id.", $"Use lower-case letters, digits and single hyphens, a letter first, at most {LongestId} characters: faxbot-sip-example.");
        fields.RequiredText("name", "\"Example SIP Fax\"");
        foreach (var name in (string[])["version", "description", "author", "license", "homepage"]) fields.Text(name);
        fields.Words("regions", "[\"US\", \"CA\"]");
    }

    private static List<CapabilityType>? CheckCategories(ManifestFields fields)
    {
        if (fields.RequiredWords("categories", CategoriesExample) is not { } categories) return null;
        List<CapabilityType> types = [];
        foreach (var (place, category) in categories.Index())
        {
            var path = $"$.categories[{place}]";
            if (CapabilityTypes.Find(category) is not { } type) fields.Refuse(path, $"The category \"{category}\" is not known.", $"Known ones are {List(KnownCategories)}.");
            else if (types.Contains(type)) fields.Refuse(path, $"The category \"{category}\" stands there twice.", "Take one out.");
            else types.Add(type);
        }

        if (types.Select(type => type.PluginClass).Distinct().Count() <= 1) return types.Count == categories.Count ? types : null;
        fields.Refuse("$.categories", $"{List(types.Select(type => type.Category))} cannot stand together: one plugin serves one kind.", "Make a package of each; they may share a library.");
        return null;
    }

    private static void CheckCapabilities(ManifestFields fields, List<CapabilityType> types)
    {
        if (fields.RequiredWords("capabilities", CapabilitiesExample) is not { } declared) return;
        var possible = types.SelectMany(type => type.Capabilities).Select(capability => capability.Name).Distinct().ToArray();
        foreach (var (place, capability) in declared.Index())
        {
            var path = $"$.capabilities[{place}]";
            var owner = CapabilityTypes.All.FirstOrDefault(type => type.Capabilities.Any(one => one.Name == capability));
            if (declared.Take(place).Contains(capability)) fields.Refuse(path, $"The capability \"{capability}\" stands there twice.", "Take one out.");
            else if (possible.Contains(capability)) continue;
            else if (owner is null) fields.Refuse(path, $"The capability \"{capability}\" is not known.", $"For these categories there are {List(possible)}.");
            else fields.Refuse(path, $"The capability \"{capability}\" belongs to the category \"{owner.Category}\".", $"Add \"{owner.Category}\" to $.categories, or take it out.");
        }

        foreach (var type in types)
        {
            foreach (var missing in type.Required.Where(required => !declared.Contains(required.Name)))
                fields.Refuse("$.capabilities", $"The category \"{type.Category}\" requires \"{missing.Name}\".", $"Add \"{missing.Name}\", and override {missing.Method}.");
        }
    }

    private static void CheckContract(ManifestFields fields)
    {
        const string Example = "{ \"minimum\": 1, \"maximum\": 1 }";
        if (fields.Object("sdk", Example) is not { } sdk) return;
        if (Number(sdk, "minimum") is not { } minimum || Number(sdk, "maximum") is not { } maximum) fields.Refuse("$.sdk", "It needs two whole numbers.", $"Write {Example}.");
        else if (minimum < 1 || maximum < minimum) fields.Refuse("$.sdk", "It is not a range of contract versions.", $"Write {Example}: 1 or more, the minimum not above the maximum.");
    }

    private static void CheckEntry(ManifestFields fields)
    {
        const string Example = "[\"python3\", \"plugin.py\"]";
        if (fields.Words("entry", Example) is not { } entry) return;
        if (entry.Count == 0 || entry.Any(word => word.Length == 0 || word.Contains('\0', StringComparison.Ordinal)))
            fields.Refuse("$.entry", "It is not a command line.", $"Name the program and its arguments, such as {Example}; leave it out for a .NET assembly.");
    }

    private static void CheckHosts(ManifestFields fields)
    {
        foreach (var (place, host) in (fields.Words("allowed_hosts", "[\"api.example.com\", \"*.example.com\"]") ?? []).Index())
        {
            if (!Host().IsMatch(host))
                fields.Refuse($"$.allowed_hosts[{place}]", $"\"{host}\" is not a host name.", "Write api.example.com or *.example.com: lower case, no scheme, port, path or address.");
        }
    }

    private static void CheckIcon(ManifestFields fields)
    {
        if (fields.Text("icon") is { } icon && (Path.IsPathRooted(icon) || icon.Split('/', '\\').Contains("..")))
            fields.Refuse("$.icon", $"\"{icon}\" lies outside of the package.", "Name a PNG or SVG file of the package, such as icon.png.");
    }

    private static void CheckUnknown(ManifestFields fields)
    {
        foreach (var name in fields.Names.Where(name => !Known.Contains(name)))
            fields.Warn($"$.{name}", "The field is not known to this version and is passed over.", "Correct its name, or leave it for a later version.");
        if (fields.Object("traits", "{ \"page_counts\": true }") is not { } traits) return;
        foreach (var trait in traits.EnumerateObject().Where(trait => !KnownTraits.Contains(trait.Name)))
            fields.Warn($"$.traits.{trait.Name}", "The trait is not known to this version and is passed over.", $"Known ones are {List(KnownTraits.Order())}.");
    }

    private static IEnumerable<string> KnownCategories => CapabilityTypes.All.Select(type => type.Category);

    private static string List(IEnumerable<string> words) => string.Join(", ", words);

    private static int? Number(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.Number && field.TryGetInt32(out var number) ? number : null;

    private static FrozenSet<string> FieldsOf(Type record) =>
        record.GetProperties().Where(property => property.Name != nameof(PluginManifest.Unknown)).Select(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name)).ToFrozenSet();

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    private static partial Regex Id();

    // The last label begins with a letter, so that an IPv4 address is none; a wildcard covers at least two labels.
    [GeneratedRegex(@"^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$")]
    private static partial Regex Host();
}
