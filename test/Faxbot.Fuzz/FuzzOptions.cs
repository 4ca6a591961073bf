using System.Globalization;

namespace Faxbot.Fuzz;

/// <summary>The command line.</summary>
/// <param name="Count">Inputs for each target; null means as many as the target wants.</param>
/// <param name="Seed">Decides all inputs.</param>
/// <param name="Targets">Names; none means all.</param>
/// <param name="Input">One input to repeat instead.</param>
internal sealed record FuzzOptions(long? Count, ulong Seed, IReadOnlyList<string> Targets, byte[]? Input)
{
    public const string Usage = """
        ./faxbot soak [TARGET]...                  ten million mutated inputs for each parser, 2000 lossy calls
        ./faxbot soak --count N --seed S TARGET    as many, from another seed
        ./faxbot soak --input HEX TARGET           one input once more, as a finding prints it
        ./faxbot soak --list                       the targets
        """;

    /// <summary>Null when the words make no sense.</summary>
    public static FuzzOptions? TryParse(IReadOnlyList<string> words)
    {
        var options = new FuzzOptions(null, 1, [], null);
        for (var i = 0; i < words.Count; i++)
        {
            if (!words[i].StartsWith('-'))
            {
                options = options with { Targets = [.. options.Targets, words[i]] };
                continue;
            }

            if (i + 1 == words.Count || options.With(words[i], words[++i]) is not { } more) return null;
            options = more;
        }

        return options.Input is null || options.Targets.Count == 1 ? options : null;
    }

    private FuzzOptions? With(string name, string value)
    {
        switch (name)
        {
            case "--count" when long.TryParse(value, CultureInfo.InvariantCulture, out var count) && count > 0: return this with { Count = count };
            case "--seed" when ulong.TryParse(value, CultureInfo.InvariantCulture, out var seed): return this with { Seed = seed };
            case "--input":
                try
                {
                    return this with { Input = Convert.FromHexString(value) };
                }
                catch (FormatException)
                {
                    return null;
                }

            default: return null;
        }
    }
}
