using System.CommandLine;

namespace Faxbot.Cli.Commands;

/// <summary>Options whose wrong values are refused in one line that names the option, the value and the values that there are.</summary>
internal static class CheckedOption
{
    /// <summary>One of a few words; the first is the default where <paramref name="standard"/> does not say another.</summary>
    public static Option<string> OneOf(string name, string description, string[] words, string? standard = null, string? helpName = null)
    {
        var option = new Option<string>(name)
        {
            Description = description,
            DefaultValueFactory = _ => standard ?? words[0],
            HelpName = helpName ?? string.Join('|', words),
        };
        option.CompletionSources.Add(words);
        var listed = $"{string.Join(", ", words[..^1])} or {words[^1]}";
        Refuse(option, text => words.Contains(text, StringComparer.Ordinal) ? null : $"give {listed}");
        return option;
    }

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public static Option<int> Number(string name, string description, string helpName, int least, int most, string what)
    {
        var option = new Option<int>(name) { Description = description, HelpName = helpName };
        Refuse(option, text => int.TryParse(text, out var number) && number >= least && number <= most ? null : $"give {what}");
        return option;
    }

    /// <summary>Adds a check; <paramref name="fix"/> gives what to do instead, or null where the text will do.</summary>
    public static void Refuse(Option option, Func<string, string?> fix) => option.Validators.Add(result =>
    {
        if (result.Tokens is [{ Value: var text }] && fix(text) is { } instead) result.AddError($"{option.Name} {text}: {instead}.");
    });
}
