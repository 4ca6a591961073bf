using System.Text;

namespace Faxbot.Server.Plugins.Processes;

/// <summary>
/// Brings what a plugin writes to standard error into the gateway's log. It reads to the end at whatever rate, so that the plugin never waits,
/// and keeps no more than it may: longer lines are cut, and lines beyond the allowance are only counted.
/// </summary>
internal sealed class PluginLog(string pluginId, ILogger logger, Allowance allowance)
{
    private const int LongestLine = 2000;
    private readonly StringBuilder _line = new();
    private long _dropped;

    public async Task ReadAsync(StreamReader reader)
    {
        var buffer = new char[4096];
        try
        {
            for (int read; (read = await reader.ReadAsync(buffer)) > 0;)
            {
                foreach (var letter in buffer.AsSpan(0, read))
                {
                    if (letter == '\n') EndLine();
                    else if (_line.Length < LongestLine) _line.Append(letter);
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The process was killed and its pipes closed: what came so far is all there is.
        }

        EndLine();
        if (_dropped > 0) PluginEvents.LinesDropped(logger, pluginId, _dropped);
    }

    private void EndLine()
    {
        var line = _line.ToString().TrimEnd('\r');
        _line.Clear();
        if (line.Length == 0) return;
        if (!allowance.Take())
        {
            if (_dropped++ == 0) PluginEvents.LogCutOff(logger, pluginId);
            return;
        }

        if (_dropped > 0) PluginEvents.LinesDropped(logger, pluginId, _dropped);
        _dropped = 0;
        var (level, text) = Level(line);
        var fit = PluginWords.Fit(text);
        PluginEvents.Said(logger, level, pluginId, fit);
    }

    private static (LogLevel Level, string Text) Level(string line)
    {
        foreach (var (word, level) in (ReadOnlySpan<(string, LogLevel)>)
            [("debug: ", LogLevel.Debug), ("info: ", LogLevel.Information), ("warning: ", LogLevel.Warning), ("error: ", LogLevel.Error)])
        {
            if (line.StartsWith(word, StringComparison.OrdinalIgnoreCase)) return (level, line[word.Length..]);
        }

        return (LogLevel.Information, line);
    }
}
