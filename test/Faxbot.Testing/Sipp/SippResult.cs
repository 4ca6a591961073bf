namespace Faxbot.Testing.Sipp;

/// <summary>What became of a scenario.</summary>
/// <param name="ExitCode">0: every call went as the scenario says; 1: one did not; others: see sipp's manual.</param>
/// <param name="Messages">All SIP messages, both directions, with times.</param>
/// <param name="Errors">What sipp says went wrong: unexpected messages, time-outs.</param>
public sealed record SippResult(int ExitCode, string Messages, string Errors)
{
    /// <summary>This result, when every call went as the scenario says.</summary>
    /// <exception cref="InvalidOperationException">One did not; the message has errors and messages.</exception>
    public SippResult EnsureSuccess() => ExitCode == 0
        ? this
        : throw new InvalidOperationException($"sipp ended with exit code {ExitCode}.\n{Errors}\n{Messages}".TrimEnd());
}
