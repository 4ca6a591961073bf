using System.Text.Json;
using System.Text.Json.Serialization;
using Faxbot.Sdk.Plugins;

namespace Faxbot.Sdk.Trunks;

/// <summary>Trunk profiles as JSON: snake case, times as <c>hh:mm:ss</c>, comments and trailing commas allowed, unknown fields refused.</summary>
public static class TrunkProfileJson
{
    private static readonly JsonSerializerOptions Options = new(SdkJson.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        WriteIndented = true,
    };

    /// <summary>The JSON Schema of a profile, in which <c>"secret": true</c> marks secrets.</summary>
    public static string Schema { get; } = ReadSchema();

    /// <summary>Reads a profile; on failure it is null and the problems say why, each with the way to its field.</summary>
    public static TrunkProfile? Read(string json, out IReadOnlyList<ConfigProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(json);
        return Check(() => JsonSerializer.Deserialize<TrunkProfile>(json, Options), out problems);
    }

    /// <summary>Reads a profile; on failure it is null and the problems say why, each with the way to its field.</summary>
    public static TrunkProfile? Read(JsonElement json, out IReadOnlyList<ConfigProblem> problems) =>
        Check(() => json.Deserialize<TrunkProfile>(Options), out problems);

    /// <summary>Writes a profile, its password included.</summary>
    public static string Write(TrunkProfile profile) => JsonSerializer.Serialize(profile, Options);

    private static TrunkProfile? Check(Func<TrunkProfile?> read, out IReadOnlyList<ConfigProblem> problems)
    {
        try
        {
            var profile = read();
            problems = profile is null ? [new ConfigProblem("$", "It is empty: give at least { \"servers\": [{ \"host\": \"...\" }] }.")] : TrunkProfileRules.Check(profile);
            return problems.Count == 0 ? profile : null;
        }
        catch (JsonException wrong)
        {
            problems = [new ConfigProblem(string.IsNullOrEmpty(wrong.Path) ? "$" : wrong.Path, wrong.Message.Split(" Path:")[0])];
            return null;
        }
    }

    private static string ReadSchema()
    {
        using var stream = typeof(TrunkProfileJson).Assembly.GetManifestResourceStream("trunk-profile.schema.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
