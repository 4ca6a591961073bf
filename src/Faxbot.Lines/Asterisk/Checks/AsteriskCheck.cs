using System.Globalization;
using Faxbot.Lines.Asterisk.Manager;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Lines.Asterisk.Checks;

/// <summary>
/// Looks at a server step by step, and says what is wrong and what to change: 1. can it be reached, and does it take the manager user; 2. its version;
/// 3. its modules; 4. what the user may do; 5. is the dialplan there, and the hand-over folder in both directions; 6. the endpoint of each trunk. Calls
/// nobody.
/// </summary>
public sealed class AsteriskCheck
{
    private const int OldestVersion = 16;
    private const int NewestVersion = 22;
    private static readonly AmiOptions Once = new() { FirstPause = TimeSpan.FromHours(1), LongestPause = TimeSpan.FromHours(1), ConnectTimeout = TimeSpan.FromSeconds(5), AnswerTimeout = TimeSpan.FromSeconds(5) };
    private readonly AsteriskServer _server;
    private readonly IReadOnlyDictionary<string, TrunkProfile> _trunks;
    private readonly TimeProvider _time;
    private readonly CheckNotes _notes;

    private AsteriskCheck(AsteriskServer server, IReadOnlyDictionary<string, TrunkProfile> trunks, TimeProvider time) =>
        (_server, _trunks, _time, _notes) = (server, trunks, time, new CheckNotes(server.Name));

    /// <summary>Looks at a server.</summary>
    /// <param name="server">The server.</param>
    /// <param name="trunks">The trunks that go over it, by the names of their endpoints.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<IReadOnlyList<CheckFinding>> RunAsync(
        AsteriskServer server, IReadOnlyDictionary<string, TrunkProfile> trunks, TimeProvider time, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(trunks);
        var check = new AsteriskCheck(server, trunks, time);
        await check.RunAsync(cancel);
        return check._notes.Findings;
    }

    private async Task RunAsync(CancellationToken cancel)
    {
        await using var client = new AmiClient(_server, Once, _time);
        // Step 1
        if (await client.FirstAttempt.WaitAsync(cancel) is { } problem)
        {
            _notes.Add("login", CheckState.Failed, problem);
            return;
        }

        _notes.Add("login", CheckState.Ok, $"It answers at {_server.Host}, port {_server.ManagerPort}, and takes the manager user {_server.User}.");
        await LookAtVersionAsync(client);
        await new ModulesCheck(client, _notes).RunAsync(_trunks.Values);
        if (!await LookAtPermissionsAsync(client)) return;
        await new FolderCheck(_server, client, _notes, _time).RunAsync(cancel);
        foreach (var (endpoint, trunk) in _trunks.OrderBy(entry => entry.Key, StringComparer.Ordinal)) await new EndpointCheck(client, _notes, endpoint, trunk).RunAsync();
    }

    // Step 2
    private async Task LookAtVersionAsync(AmiClient client)
    {
        var settings = await client.AskAsync(new AmiAction("CoreSettings"));
        var version = settings.Response?["AsteriskVersion"] ?? "";
        if (!int.TryParse(version.Split('.', '-', '~')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major))
            _notes.Add("version", CheckState.Warning, "It does not tell its version.", $"Faxbot is tested with Asterisk {OldestVersion} to {NewestVersion}.");
        else if (major is < OldestVersion or > NewestVersion)
            _notes.Add("version", CheckState.Warning, $"It is Asterisk {version}.", $"Faxbot is tested with Asterisk {OldestVersion} to {NewestVersion}.");
        else
            _notes.Add("version", CheckState.Ok, $"It is Asterisk {version}.");
    }

    // Step 4
    private async Task<bool> LookAtPermissionsAsync(AmiClient client)
    {
        var commands = await client.AskAsync(new AmiAction("ListCommands"));
        var allowed = (commands.Response?.Fields ?? []).Select(field => field.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        (string Class, string[] Actions)[] needed =
        [
            ("originate", ["Originate"]), ("call", ["Hangup", "FAXSession"]), ("system", ["DBGet", "DBDel", "CoreStatus", "ModuleCheck", "PJSIPShowEndpoint"]),
        ];
        var missing = needed.Where(entry => !entry.Actions.All(allowed.Contains)).Select(entry => entry.Class).ToList();
        if (missing.Count == 0) _notes.Add("permissions", CheckState.Ok, $"The manager user {_server.User} may do what is needed.");
        else _notes.Add("permissions", CheckState.Failed, $"The manager user {_server.User} may not do what is needed.", $"Add {string.Join(", ", missing)} to its write classes in manager.conf.");
        return missing.Count == 0;
    }
}
