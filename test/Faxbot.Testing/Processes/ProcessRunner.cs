namespace Faxbot.Testing.Processes;

/// <summary>Runs programs to their end: arguments as a list (no shell), bounded in time and output, no child left behind.</summary>
public static class ProcessRunner
{
    /// <summary>Runs <paramref name="program"/> and returns what it did, whatever its exit code.</summary>
    /// <exception cref="TimeoutException">It ran longer than <see cref="ProcessOptions.Timeout"/>; it and its children were killed.</exception>
    /// <exception cref="InvalidOperationException">It could not be started; the message says why.</exception>
    public static async Task<ProcessResult> RunAsync(
        string program, IEnumerable<string> arguments, ProcessOptions? options = null)
    {
        options ??= new ProcessOptions();
        await using var process = RunningProcess.Start(program, arguments, options);
        try
        {
            return await process.WaitForExitAsync(options.Timeout);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{process.Command}\ndid not end within {options.Timeout.TotalSeconds:0.#} s and was killed.\n{process.Error}\n{process.Output}".TrimEnd());
        }
    }

    /// <summary>As <see cref="RunAsync"/>, but an exit code other than 0 throws with the program's own words.</summary>
    public static async Task<ProcessResult> RunSuccessfullyAsync(
        string program, IEnumerable<string> arguments, ProcessOptions? options = null) =>
        (await RunAsync(program, arguments, options)).EnsureSuccess();
}
