using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Faxbot.Documents.Confinement;

/// <summary>
/// A confined program while it runs. It dies with the thread that started it, as the kernel sees to, so that thread stays with it to
/// the end. Not thread-safe but for <see cref="Kill"/>.
/// </summary>
internal sealed class ConfinedProcess : IDisposable
{
    private const int LongestError = 16 << 10, LongestLine = 1000;
    private const int Killed = 128 + 9;
    // unshare(1) means to end by the signal that ended its child, and fails at that where the signal is KILL, which cannot be handled.
    private const string ChildWasKilled = "unshare: sigprocmask unblock failed";
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly Task<string> _error;

    private ConfinedProcess(Process process, Func<string, bool>? listener, Action? atEnd)
    {
        _process = process;
        process.StandardInput.Close();
        _error = Task.Run(() => ReadErrorAsync(process.StandardError, listener, atEnd));
    }

    /// <summary>What it writes to its standard output, as it comes.</summary>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>Starts it.</summary>
    /// <param name="command">What to run.</param>
    /// <param name="level">How far to shut it in.</param>
    /// <param name="listener">Gets each line of its standard error on another thread, and says whether it took it for itself.</param>
    /// <param name="atEnd">Called once, on the same thread, when no more lines will come.</param>
    /// <exception cref="DocumentException">A program of the command line is not installed.</exception>
    public static ConfinedProcess Start(ConfinedCommand command, ConfinementLevel level, Func<string, bool>? listener = null, Action? atEnd = null)
    {
        var line = command.At(level, Environment.IsPrivilegedProcess);
        try
        {
            return new ConfinedProcess(Process.Start(Start(line, command.Folder))!, listener, atEnd);
        }
        catch (Win32Exception e)
        {
            throw new DocumentException(DocumentErrorClass.RendererMissing, $"{line[0]} cannot be run: {e.Message}.");
        }
    }

    /// <summary>How a command line is started: without a shell, without this process's environment, all three streams ours.</summary>
    public static ProcessStartInfo Start(IReadOnlyList<string> line, string folder)
    {
        var start = new ProcessStartInfo(line[0], line.Skip(1))
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/bin:/bin";
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["HOME"] = "/nonexistent";
        return start;
    }

    /// <summary>Ends it at once, with all that it began. From any thread; harmless when it has ended.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It ended meanwhile.
        }
    }

    /// <summary>Waits for its end, once its output has been read to the end or it was killed; it is killed if it takes its time.</summary>
    /// <returns>Its exit code, 128 and the signal's number when one killed it, and what it wrote to its standard error.</returns>
    public (int ExitCode, string Error) WaitForEnd()
    {
        if (!_process.WaitForExit(LongestFarewell)) Kill();
        _process.WaitForExit();
        var error = _error.GetAwaiter().GetResult();
        return (error.Contains(ChildWasKilled, StringComparison.Ordinal) ? Killed : _process.ExitCode, error);
    }

    /// <summary>Ends it, if it still runs, and waits until it is gone.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
            _process.WaitForExit();
        }

        // What it began may outlive it for a moment; when all are gone, the pipe is closed.
        _error.GetAwaiter().GetResult();
        _process.Dispose();
    }

    // Read to its end whatever its length, so that the program never waits for us; only the beginning is kept.
    private static async Task<string> ReadErrorAsync(StreamReader reader, Func<string, bool>? listener, Action? atEnd)
    {
        var (kept, line, buffer) = (new StringBuilder(), new StringBuilder(), new char[4096]);
        try
        {
            int read;
            while ((read = await reader.ReadAsync(buffer).ConfigureAwait(false)) > 0)
            {
                foreach (var c in buffer.AsSpan(0, read))
                {
                    if (c != '\n' && line.Length < LongestLine) line.Append(c);
                    if (c == '\n') EndLine();
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The program was killed and its streams closed: what came so far is all there is.
        }
        finally
        {
            EndLine();
            atEnd?.Invoke();
        }

        return kept.ToString();

        void EndLine()
        {
            var text = line.ToString();
            line.Clear();
            if (listener?.Invoke(text) != true && kept.Length + text.Length < LongestError) kept.AppendLine(text);
        }
    }
}
