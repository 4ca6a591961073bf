using System.Text.Json;
using Faxbot.Sdk;
using Faxbot.Server.Content;

namespace Faxbot.Server.Plugins.Packages;

/// <summary>
/// The lock file: what was installed, with the digests by which each change of a file shows. A whole one is read or written at a time; after a power
/// cut the old one is there or the new one.
/// </summary>
internal sealed record PluginLock
{
    private const int Known = 1;
    private static readonly JsonSerializerOptions Json = new(SdkJson.Options) { WriteIndented = true };

    /// <summary>The version of the format.</summary>
    public int Format { get; init; } = Known;

    /// <summary>By the ids of the plugins.</summary>
    public SortedDictionary<string, LockedPlugin> Plugins { get; init; } = [];

    /// <summary>Reads it; where there is no file, nothing was installed.</summary>
    /// <exception cref="InvalidDataException">It is not what was written; the message says what to do.</exception>
    public static PluginLock Read(string path)
    {
        if (!File.Exists(path)) return new PluginLock();
        try
        {
            var read = JsonSerializer.Deserialize<PluginLock>(File.ReadAllBytes(path), Json);
            if (read is { Format: Known }) return read;
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException(Broken(path), broken);
        }

        throw new InvalidDataException(Broken(path));
    }

    public void Write(string path) => DurableFiles.Write(path, JsonSerializer.SerializeToUtf8Bytes(this, Json), replace: true);

    /// <summary>A copy in which a plugin is locked so, or not at all.</summary>
    public PluginLock With(string pluginId, LockedPlugin? locked)
    {
        var plugins = new SortedDictionary<string, LockedPlugin>(Plugins);
        if (locked is null) plugins.Remove(pluginId);
        else plugins[pluginId] = locked;
        return this with { Plugins = plugins };
    }

    private static string Broken(string path) => $"{path} cannot be read: restore it from a backup, or remove it and install the plugins again.";
}
