namespace Faxbot.Testing.Processes;

/// <summary>What a program that has ended left behind.</summary>
/// <param name="Command">Its command line, for messages.</param>
/// <param name="ExitCode">Its exit code; 128 + n when signal n ended it.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="Elapsed">Wall-clock time.</param>
public sealed record ProcessResult(string Command, int ExitCode, string Output, string Error, TimeSpan Elapsed)
{
    /// <summary>This result, when the exit code is 0.</summary>
    /// <exception cref="InvalidOperationException">It is not; the message has the command and both outputs' ends.</exception>
    public ProcessResult EnsureSuccess() => ExitCode == 0
        ? this
        : throw new InvalidOperationException($"{Command}\nended with exit code {ExitCode} after {Elapsed.TotalSeconds:0.0} s.\n{End(Error)}\n{End(Output)}".TrimEnd());

    private static string End(string text) => text.Length <= 4000 ? text.TrimEnd() : "[...]" + text[^4000..].TrimEnd();
}
