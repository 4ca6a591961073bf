using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Faxbot.Testing.Processes;

/// <summary>
/// A program that runs beside the test: a peer. <see cref="DisposeAsync"/> ends it, by its own process id, with its children.
/// Safe for concurrent use.
/// </summary>
public sealed partial class RunningProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly CapturedText _output;
    private readonly CapturedText _error;
    private readonly Task _outputs;
    private readonly long _started = TimeProvider.System.GetTimestamp();

    private RunningProcess(Process process, string command, ProcessOptions options)
    {
        _process = process;
        Command = command;
        _output = new CapturedText(options.MaxOutput);
        _error = new CapturedText(options.MaxOutput);
        _outputs = Task.WhenAll(
            _output.ReadAllAsync(process.StandardOutput), _error.ReadAllAsync(process.StandardError), FeedAsync(options.Input));
    }

    /// <summary>The command line, for messages.</summary>
    public string Command { get; }

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Standard output so far.</summary>
    public string Output => _output.ToString();

    /// <summary>Standard error so far.</summary>
    public string Error => _error.ToString();

    /// <summary>Starts <paramref name="program"/>; <see cref="ProcessOptions.Timeout"/> does not bound it, the caller does.</summary>
    /// <exception cref="InvalidOperationException">It could not be started; the message says why.</exception>
    public static RunningProcess Start(string program, IEnumerable<string> arguments, ProcessOptions? options = null)
    {
        options ??= new ProcessOptions();
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            WorkingDirectory = options.WorkingFolder ?? "",
        };
        foreach (var (name, value) in options.Environment) start.Environment[name] = value;
        var command = string.Join(' ', start.ArgumentList.Prepend(program).Select(word => word.Contains(' ', StringComparison.Ordinal) ? $"'{word}'" : word));
        try
        {
            return new RunningProcess(Process.Start(start)!, command, options);
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"{command}\ncould not be started: {e.Message}", e);
        }
    }

    /// <summary>Waits until a line of standard output or error satisfies <paramref name="test"/>, from the first line on.</summary>
    /// <exception cref="TimeoutException">None came within <paramref name="limit"/>.</exception>
    /// <exception cref="InvalidOperationException">The program ended first.</exception>
    public async Task<string> WaitForLineAsync(Func<string, bool> test, TimeSpan limit)
    {
        using var ends = new CancellationTokenSource(limit);
        try
        {
            List<Task<string?>> searches = [_output.FindLineAsync(test, ends.Token), _error.FindLineAsync(test, ends.Token)];
            while (searches.Count > 0)
            {
                var ended = await Task.WhenAny(searches);
                if (await ended is { } line) return line;
                searches.Remove(ended);
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{Command}\ndid not say what was waited for within {limit.TotalSeconds:0.#} s.\n{Error}\n{Output}".TrimEnd());
        }
        finally
        {
            await ends.CancelAsync();
        }

        throw new InvalidOperationException($"{Command}\nended before it said what was waited for.\n{Error}\n{Output}".TrimEnd());
    }

    /// <summary>Waits for the end and for all output.</summary>
    /// <exception cref="TimeoutException">It still runs after <paramref name="limit"/>; it goes on running.</exception>
    public async Task<ProcessResult> WaitForExitAsync(TimeSpan limit)
    {
        await _process.WaitForExitAsync().WaitAsync(limit);
        // A grandchild that inherited the pipes may keep them open; its output is not waited for long.
        await Task.WhenAny(_outputs, Task.Delay(TimeSpan.FromSeconds(2)));
        return new ProcessResult(Command, _process.ExitCode, Output, Error, TimeProvider.System.GetElapsedTime(_started));
    }

    /// <summary>Asks it to end (SIGTERM, or SIGINT as Ctrl-C does), and kills it with its children when it does not.</summary>
    public async Task<ProcessResult> StopAsync(TimeSpan? grace = null, bool interrupt = false)
    {
        if (!_process.HasExited && SendSignal(_process.Id, interrupt ? 2 : 15) == 0)
        {
            try
            {
                return await WaitForExitAsync(grace ?? TimeSpan.FromSeconds(10));
            }
            catch (TimeoutException)
            {
                // It had its chance.
            }
        }

        KillTree();
        return await WaitForExitAsync(TimeSpan.FromSeconds(10));
    }

    /// <summary>Kills it (SIGKILL), and it alone: its children live on.</summary>
    public void Kill()
    {
        if (!_process.HasExited) _ = SendSignal(_process.Id, 9);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        KillTree();
        await Task.WhenAny(_process.WaitForExitAsync(), Task.Delay(TimeSpan.FromSeconds(10)));
        await Task.WhenAny(_outputs, Task.Delay(TimeSpan.FromSeconds(2)));
        _process.Dispose();
    }

    private void KillTree()
    {
        try
        {
            if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended by itself in between.
        }
    }

    private async Task FeedAsync(ReadOnlyMemory<byte>? input)
    {
        try
        {
            if (input is { } bytes) await _process.StandardInput.BaseStream.WriteAsync(bytes);
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It closed its input or ended without reading all.
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
