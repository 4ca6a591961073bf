using System.Collections.Frozen;
using Faxbot.Lines;

namespace Faxbot.Server.Lines;

/// <summary>
/// What the sandbox does with a call, by the last two digits of the number: every way in which a fax can end can be rehearsed. Other numbers
/// receive. The table stands in <c>docs/operating.md</c> too, and a test keeps the two equal.
/// </summary>
internal static class SandboxNumbers
{
    // Longer than the transmitter waits for a fax machine (T.30 T1: 35 s and its tolerance).
    private static readonly TimeSpan VoicePatience = TimeSpan.FromMinutes(1);

    /// <summary>The endings that do not simply receive.</summary>
    public static FrozenDictionary<string, Rehearsal> Endings { get; } = new Dictionary<string, Rehearsal>
    {
        ["90"] = new("The call is declined.", new IncomingDecision.Reject(603)),
        ["91"] = new("The number is busy.", new IncomingDecision.Reject(486)),
        ["92"] = new("It rings, and nobody answers.", new IncomingDecision.Ring()),
        ["93"] = new("It is answered, and T.38 is refused.", new IncomingDecision.Voice(TakesT38: false, VoicePatience)),
        ["94"] = new("The line is lost in page 2.", null),
        ["95"] = new("A person answers; no fax machine is heard.", new IncomingDecision.Voice(TakesT38: true, VoicePatience)),
        ["96"] = new("The number does not exist.", new IncomingDecision.Reject(404)),
        ["97"] = new("The trunk has no channel free.", new IncomingDecision.Reject(503)),
        ["98"] = new("The trunk forbids the call.", new IncomingDecision.Reject(403)),
    }.ToFrozenDictionary();

    /// <summary>What is rehearsed at that number; null where it simply receives.</summary>
    public static Rehearsal? Find(string number) => number.Length < 2 ? null : Endings.GetValueOrDefault(number[^2..]);
}

/// <summary>One way in which a call to the sandbox ends.</summary>
/// <param name="Meaning">A sentence for people.</param>
/// <param name="Decision">What is done with the call; null where it is taken and lost later.</param>
internal sealed record Rehearsal(string Meaning, IncomingDecision? Decision);
