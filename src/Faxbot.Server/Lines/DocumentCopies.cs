using System.Collections.Concurrent;
using System.Data.Common;
using Faxbot.Server.Content;
using Faxbot.Server.Jobs;
using Faxbot.Server.Plugins;

namespace Faxbot.Server.Lines;

/// <summary>
/// Plain copies of documents in the folders of plugins that asked for them: each is deleted when the attempt that it was made for has ended, and what an
/// earlier run left is deleted at the start, before plugins are. Thread-safe.
/// </summary>
internal sealed partial class DocumentCopies(
    ContentStore content, AttemptLedger attempts, JobSignal signal, PluginOptions plugins, TimeProvider time, ILogger<DocumentCopies> logger) : BackgroundService
{
    private const string Prefix = "document-";

    // Signals come with each page of each fax.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> _byAttempt = [];
    private readonly SemaphoreSlim _some = new(0);

    /// <summary>Makes one.</summary>
    /// <param name="contentId">The content.</param>
    /// <param name="folder">The plugin's own folder.</param>
    /// <param name="extension">How its name ends.</param>
    /// <param name="attemptId">For whose time.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Its path.</returns>
    public async Task<string> MakeAsync(string contentId, string folder, string extension, string attemptId, CancellationToken cancel)
    {
        var path = Path.Combine(folder, $"{Prefix}{Guid.NewGuid():N}{extension}");
        using var copy = await content.CopyOutAsync(contentId, folder, cancel);
        File.Move(copy.Path, path);
        _byAttempt.GetOrAdd(attemptId, _ => []).Enqueue(path);
        _some.Release();
        return path;
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (Directory.Exists(plugins.OwnFolders))
        {
            foreach (var folder in Directory.EnumerateDirectories(plugins.OwnFolders))
            {
                foreach (var left in Directory.EnumerateFiles(folder, Prefix + "*")) File.Delete(left);
            }
        }

        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _some.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await _some.WaitAsync(stoppingToken);
            while (!_byAttempt.IsEmpty)
            {
                var changed = signal.Next;
                await SweepAsync(stoppingToken);
                if (_byAttempt.IsEmpty) break;
                await changed.WaitAsync(stoppingToken);
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    private async Task SweepAsync(CancellationToken cancel)
    {
        try
        {
            foreach (var attemptId in _byAttempt.Keys)
            {
                if (await attempts.FindAsync(attemptId, cancel) is { EndedAt: null }) continue;
                if (!_byAttempt.TryRemove(attemptId, out var paths)) continue;
                foreach (var path in paths) File.Delete(path);
            }
        }
        catch (Exception e) when (e is DbException or IOException or UnauthorizedAccessException)
        {
            // Database or disk are away: the next change of any fax tries again, and the next start finds the rest.
            LogNotSwept(e);
        }
    }

    [LoggerMessage(1430, LogLevel.Warning, "Copies of documents in the folders of plugins cannot be deleted now; it is tried again")]
    private partial void LogNotSwept(Exception exception);
}
