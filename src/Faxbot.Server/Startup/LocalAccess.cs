using System.Text.Json;
using System.Text.Json.Serialization;

namespace Faxbot.Server.Startup;

/// <summary>
/// The file in the data folder that tells the command line of the same user where the gateway listens and which key to show it. Nobody else may read it.
/// </summary>
/// <param name="Address">Where the API is.</param>
/// <param name="Key">The first key; the operator may revoke it, or take it out.</param>
internal sealed record LocalAccess([property: JsonPropertyName("address")] Uri Address, [property: JsonPropertyName("key")] string? Key)
{
    private const string FileName = "client.json";

    /// <summary>Writes it; a start without a new key keeps the one that is there.</summary>
    public static void Write(string dataFolder, Uri address, string? newKey)
    {
        var path = Path.Combine(dataFolder, FileName);
        var key = newKey ?? (File.Exists(path) ? JsonSerializer.Deserialize<LocalAccess>(File.ReadAllText(path))?.Key : null);
        var partial = path + ".new";
        File.Delete(partial);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(partial, options)) JsonSerializer.Serialize(file, new LocalAccess(address, key));
        File.Move(partial, path, overwrite: true);
    }
}
