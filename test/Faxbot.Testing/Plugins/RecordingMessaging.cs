using System.Net.Http.Json;

namespace Faxbot.Testing.Plugins;

/// <summary>The plugin of <c>test/Faxbot.TestMessaging</c> in a gateway's data folder: what it sent, and the reports of its provider.</summary>
public sealed class RecordingMessaging(string dataFolder)
{
    /// <summary>The plugin's id.</summary>
    public const string PluginId = "faxbot-test-messaging";

    private readonly string _record = Path.Combine(dataFolder, "plugins", "own", PluginId, "sent");
    private long _read;

    /// <summary>Puts the package into its place; to be called before the gateway starts.</summary>
    public void Install()
    {
        var built = RepositoryRoot.Of("test", "Faxbot.TestMessaging", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0");
        var target = Directory.CreateDirectory(Path.Combine(dataFolder, "plugins", "packages", PluginId)).FullName;
        foreach (var file in Directory.EnumerateFiles(built)) File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
    }

    /// <summary>What was sent since this was last asked: ids of messages and of attempts.</summary>
    public IReadOnlyList<(string MessageId, string AttemptId)> ReadNew()
    {
        if (!File.Exists(_record)) return [];
        using var file = new FileStream(_record, FileMode.Open, FileAccess.Read, FileShare.ReadWrite) { Position = _read };
        using var reader = new StreamReader(file);
        var text = reader.ReadToEnd();
        var whole = text[..(text.LastIndexOf('\n') + 1)];
        _read += whole.Length;
        return [.. whole.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.EndsWith('.')).Select(line => line.TrimEnd('.').Split(' ')).Select(ids => (ids[0], ids[1]))];
    }

    /// <summary>Tells the gateway that an attempt was delivered, as a provider would.</summary>
    public static async Task ReportAsync(HttpClient provider, string attemptId)
    {
        using var response = await provider.PostAsJsonAsync($"/webhooks/{PluginId}", new { id = attemptId, state = "delivered" });
        response.EnsureSuccessStatusCode();
    }
}
