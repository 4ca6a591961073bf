using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Faxbot.Sdk.Testing.Harness;

/// <summary>All that a plugin wrote to its log, at every level, exceptions included. Thread-safe.</summary>
public sealed class PluginLog : ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    /// <summary>The lines, in order.</summary>
    public IReadOnlyList<string> Lines => [.. _lines];

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull
    {
        Write($"scope: {state}");
        return null;
    }

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => true;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        Write($"{logLevel}: {formatter(state, exception)}{(exception is null ? "" : $" {exception}")}");
    }

    /// <summary>Adds a line that did not come from the logger: what was traced or thrown.</summary>
    internal void Write(string line) => _lines.Enqueue(line);
}
