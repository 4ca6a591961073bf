namespace Faxbot.Testing.Calls;

/// <summary>A call of <c>test/corpus/calls</c>, whose README says how one is written.</summary>
public sealed class CallScript
{
    private static readonly string[] Settings = ["role", "pages", "option"];

    private CallScript(string name, IReadOnlyList<CallLine> lines)
    {
        Name = name;
        Options = CallOptions.Read([.. lines.TakeWhile(line => Settings.Contains(line.Verb))]);
        Steps = [.. lines.SkipWhile(line => Settings.Contains(line.Verb)).Where(line => line.Verb != "outcome")];
        Outcome = lines.SingleOrDefault(line => line.Verb == "outcome") ?? throw new CallScriptException($"{name}: there is no outcome");
        if (Steps.Count(step => step.Verb == "result") != 1) throw new CallScriptException($"{name}: there is not one result");
    }

    /// <summary>The file's name without its extension.</summary>
    public string Name { get; }

    /// <summary>The machine and what it is given.</summary>
    public CallOptions Options { get; }

    /// <summary>What happens, in order.</summary>
    public IReadOnlyList<CallLine> Steps { get; }

    /// <summary>What the line makes of the result: class, phase, T.30 code.</summary>
    public CallLine Outcome { get; }

    /// <summary>The names of all calls.</summary>
    public static IReadOnlyList<string> Names =>
        [.. Corpus.Read("calls").Where(sample => sample.Name.EndsWith(".call", StringComparison.Ordinal)).Select(sample => Path.GetFileNameWithoutExtension(sample.Name))];

    /// <summary>Reads a call.</summary>
    public static CallScript Read(string name) => Parse(name, File.ReadAllText(RepositoryRoot.Of("test", "corpus", "calls", name + ".call")));

    /// <summary>Reads a call that is given as text.</summary>
    public static CallScript Parse(string name, string text)
    {
        var lines = from line in text.Split('\n').Index()
                    let words = line.Item.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    where words.Length > 0
                    select new CallLine($"{name}.call:{line.Index + 1}", words[0], words[1..]);
        return new CallScript(name, [.. lines]);
    }
}
