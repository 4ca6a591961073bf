namespace Faxbot.Testing.Calls;

/// <summary>One line of a scripted call: a verb and its words.</summary>
/// <param name="Where">File and line, for messages.</param>
/// <param name="Verb">The first word.</param>
/// <param name="Words">The others.</param>
public sealed record CallLine(string Where, string Verb, IReadOnlyList<string> Words)
{
    /// <summary>The words before <c>after</c>.</summary>
    public IReadOnlyList<string> Subjects => [.. Words.TakeWhile(word => word != "after")];

    /// <summary>The seconds of <c>after FROM-TO</c>, within which something must begin; null when they do not matter.</summary>
    public (TimeSpan From, TimeSpan To)? After
    {
        get
        {
            if (Words.SkipWhile(word => word != "after").Skip(1).FirstOrDefault() is not { } range) return null;
            var ends = range.Split('-').Select(CallWords.Seconds).ToArray();
            return ends.Length == 2 ? (ends[0], ends[1]) : throw Wrong($"'{range}' is not FROM-TO");
        }
    }

    /// <summary>What to throw when the call does not go as this line says.</summary>
    public CallScriptException Wrong(string what) => new($"{Where}: {Verb} {string.Join(' ', Words)}: {what}");
}
