using Faxbot.Fax.T30;
using Faxbot.Lines;

namespace Faxbot.Cli.Output;

/// <summary><c>--trace FILE</c>: each control frame of the call as a JSON line with its time and direction, other events beside them.</summary>
internal sealed class TraceFile : IDisposable
{
    private readonly StreamWriter _lines;

    private TraceFile(StreamWriter lines) => _lines = lines;

    /// <exception cref="BadInputException">The file cannot be written.</exception>
    public static TraceFile? Create(string? path)
    {
        if (path is null) return null;
        try
        {
            return new TraceFile(new StreamWriter(path) { AutoFlush = true });
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"--trace {path}: {refused.Message}");
        }
    }

    public void Write(TimedEvent happened) => _lines.WriteLine(
        happened.Event is LineEvent.Fax { Event: FaxEvent.FrameSeen frame } ? CallJson.WriteFrame(happened.At, frame) : CallJson.Write(happened));

    public void Dispose() => _lines.Dispose();
}
