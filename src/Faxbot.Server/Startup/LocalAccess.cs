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

    /// <summary>What an earlier start wrote; null where none did.</summary>
    public static LocalAccess? Read(string dataFolder)
    {
        var path = Path.Combine(dataFolder, FileName);
        return File.Exists(path) ? JsonSerializer.Deserialize<LocalAccess>(File.ReadAllText(path)) : null;
    }

    /// <summary>Replaces the file as a whole.</summary>
    public void Write(string dataFolder)
    {
        var path = Path.Combine(dataFolder, FileName);
        var partial = path + ".new";
        File.Delete(partial);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(partial, options))
        {
            JsonSerializer.Serialize(file, this);
            file.Flush(flushToDisk: true);
        }

        File.Move(partial, path, overwrite: true);
    }
}
