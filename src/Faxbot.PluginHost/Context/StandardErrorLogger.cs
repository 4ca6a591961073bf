using Microsoft.Extensions.Logging;

namespace Faxbot.PluginHost.Context;

/// <summary>The log: lines that begin with their level. Thread-safe, as the writer is.</summary>
internal sealed class StandardErrorLogger(TextWriter output) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    // Which levels are kept is the gateway's business; what is only good for tracing does not cross the pipe.
    public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Debug and < LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel)) return;
        Write(logLevel, exception is null ? formatter(state, exception) : $"{formatter(state, exception)} ({Describe(exception)})");
    }

    /// <summary>An exception out of the plugin's code, by type and place.</summary>
    public void Failure(string where, Exception e) => Write(LogLevel.Error, $"{where}: {Describe(e)}");

    private void Write(LogLevel level, string message) => output.WriteLine($"{Word(level)}: {message.ReplaceLineEndings(" | ")}");

    private static string Describe(Exception e) => $"{e.GetType().FullName} {e.StackTrace?.ReplaceLineEndings(" | ")}{(e.InnerException is { } inner ? $" <- {Describe(inner)}" : "")}";

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warning",
        _ => "error",
    };
}
