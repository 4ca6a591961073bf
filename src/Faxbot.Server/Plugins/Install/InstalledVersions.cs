using Faxbot.Server.Content;
using Faxbot.Server.Plugins.Packages;

namespace Faxbot.Server.Plugins.Install;

/// <summary>The folders of installed versions, side by side: which of them runs is said by the lock file alone.</summary>
internal sealed class InstalledVersions(PluginOptions options)
{
    /// <summary>A new folder to put a version together in.</summary>
    public string Stage()
    {
        var path = Path.Combine(options.StagingFolder, Guid.NewGuid().ToString("N"));
        DurableFiles.CreateFolder(path);
        return path;
    }

    /// <summary>Ends what <see cref="Stage"/> began.</summary>
    public static void Discard(string stage)
    {
        if (Directory.Exists(stage)) Directory.Delete(stage, recursive: true);
    }

    /// <summary>Gives a whole version its place, at once.</summary>
    /// <param name="folder">Its files, durable.</param>
    /// <param name="stage">Where what lies in its place now, altered or left behind, is put aside.</param>
    /// <param name="pluginId">The plugin.</param>
    /// <param name="version">The version.</param>
    public void Place(string folder, string stage, string pluginId, string version)
    {
        var place = options.InstalledVersionFolder(pluginId, version);
        DurableFiles.CreateFolder(Path.GetDirectoryName(place)!);
        if (Directory.Exists(place)) Directory.Move(place, Path.Combine(stage, "before"));
        Directory.Move(folder, place);
        DurableFiles.SyncFolder(Path.GetDirectoryName(place)!);
    }

    /// <summary>Removes what a gateway that was ended in between left behind, and versions that are locked no more. Only while no plugin runs.</summary>
    public void Sweep(PluginLock locked)
    {
        Discard(options.StagingFolder);
        if (!Directory.Exists(options.InstalledFolder)) return;
        foreach (var plugin in Directory.EnumerateDirectories(options.InstalledFolder)) Remove(Path.GetFileName(plugin), Unlocked(locked, Path.GetFileName(plugin)));
    }

    /// <summary>The folders of a plugin's versions that are locked no more.</summary>
    public IReadOnlyList<string> Unlocked(PluginLock locked, string pluginId)
    {
        var plugin = Path.Combine(options.InstalledFolder, pluginId);
        var kept = locked.Plugins.GetValueOrDefault(pluginId)?.Versions.Keys.ToHashSet() ?? [];
        return Directory.Exists(plugin) ? [.. Directory.EnumerateDirectories(plugin).Where(version => !kept.Contains(Path.GetFileName(version)))] : [];
    }

    /// <summary>Removes folders of a plugin's versions.</summary>
    public void Remove(string pluginId, IEnumerable<string> folders)
    {
        foreach (var folder in folders) Directory.Delete(folder, recursive: true);
        var plugin = Path.Combine(options.InstalledFolder, pluginId);
        if (Directory.Exists(plugin) && !Directory.EnumerateFileSystemEntries(plugin).Any()) Directory.Delete(plugin);
    }
}
