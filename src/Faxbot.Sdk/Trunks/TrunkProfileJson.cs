using System.Text.Json;
using System.Text.Json.Serialization;

namespace Faxbot.Sdk.Trunks;

/// <summary>Trunk profiles as JSON: snake case, times as <c>hh:mm:ss</c>, comments and trailing commas allowed, unknown fields refused.</summary>
public static class TrunkProfileJson
{
    private static readonly JsonSerializerOptions Options = new(SdkJson.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        WriteIndented = true,
    };

    /// <summary>Reads a profile; on failure <paramref name="error"/> names the field and what it should be.</summary>
    public static bool TryParse(string json, out TrunkProfile? profile, out string? error)
    {
        profile = null;
        try
        {
            profile = JsonSerializer.Deserialize<TrunkProfile>(json, Options);
            error = profile is null ? "The profile is empty: it needs at least { \"server\": { \"host\": \"...\" } }." : FindProblem(profile);
        }
        catch (JsonException wrong)
        {
            error = $"{(string.IsNullOrEmpty(wrong.Path) ? "The profile" : wrong.Path)}: {wrong.Message.Split(" Path:")[0]}";
        }

        if (error is not null) profile = null;
        return error is null;
    }

    /// <summary>Writes a profile, its password included.</summary>
    public static string Write(TrunkProfile profile) => JsonSerializer.Serialize(profile, Options);

    /// <summary>What is wrong with a profile, as a sentence that names the field and what it should be; null when nothing is.</summary>
    public static string? FindProblem(TrunkProfile profile) => profile switch
    {
        { Server.Host: "" } => "server.host is empty: give the host name or address of the trunk.",
        { Server.Port: < 1 or > 65535 } => $"server.port is {profile.Server.Port}: give a UDP port from 1 to 65535.",
        { T38.Version: < 0 or > 3 } => $"t38.version is {profile.T38.Version}: give 0, 1, 2 or 3.",
        { T38.MaxBitRate: < 2400 or > 14_400 } => $"t38.max_bit_rate is {profile.T38.MaxBitRate}: give 2400 to 14400 bit/s.",
        { T38.MaxDatagram: < 72 or > 1500 } => $"t38.max_datagram is {profile.T38.MaxDatagram}: give 72 to 1500 octets.",
        { T38.MaxDatagramOverride: < 72 or > 1500 } => $"t38.max_datagram_override is {profile.T38.MaxDatagramOverride}: give 72 to 1500 octets, or leave it out.",
        { T38.ControlRedundancy: < 0 or > 8 } => $"t38.control_redundancy is {profile.T38.ControlRedundancy}: give 0 to 8 packets.",
        { T38.ImageRedundancy: < 0 or > 8 } => $"t38.image_redundancy is {profile.T38.ImageRedundancy}: give 0 to 8 packets.",
        _ when profile.RingTimeout <= TimeSpan.Zero => "ring_timeout must be longer than 00:00:00.",
        _ when profile.T38.SwitchTimeout <= TimeSpan.Zero => "t38.switch_timeout must be longer than 00:00:00.",
        _ when profile.Headers.Any(h => Unsafe(h.Key) || Unsafe(h.Value)) => "headers: a name or value has a line break in it.",
        _ => null,
    };

    private static bool Unsafe(string text) => text.AsSpan().IndexOfAny('\r', '\n', '\0') >= 0;
}
