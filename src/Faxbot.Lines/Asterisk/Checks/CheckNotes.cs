using Faxbot.Sdk.Plugins;

namespace Faxbot.Lines.Asterisk.Checks;

/// <summary>What the steps of a check of one server found. Not thread-safe.</summary>
internal sealed class CheckNotes(string server)
{
    private readonly List<CheckFinding> _findings = [];

    public IReadOnlyList<CheckFinding> Findings => _findings;

    public void Add(string step, CheckState state, string sentence, string? next = null) => _findings.Add(new CheckFinding($"{server} {step}", state, sentence, next));
}
