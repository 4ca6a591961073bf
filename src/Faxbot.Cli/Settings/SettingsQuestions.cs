using System.Text.Json.Nodes;

namespace Faxbot.Cli.Settings;

/// <summary>
/// Asks a person for settings: for each value at the top, what is required or secret below, and whether to give an optional object that has such. All else can
/// be set by its path.
/// </summary>
/// <param name="schema">What there is to set.</param>
/// <param name="answers">Gives a line for each question.</param>
/// <param name="secrets">Gives a line that nobody sees.</param>
/// <param name="output">Where the questions stand.</param>
internal sealed class SettingsQuestions(SettingsSchema schema, Func<string?> answers, Func<string?> secrets, TextWriter output)
{
    // What is longer than a line of a terminal is told in lines of its own.
    private const int LongestLine = 100;
    private readonly List<string> _others = [];

    /// <summary>Asks for all, and writes the answers into the settings.</summary>
    /// <exception cref="BadInputException">The answers ended.</exception>
    public void Fill(JsonObject settings)
    {
        AskFor("", settings);
        if (_others.Count > 0) output.WriteLine($"also there, with --set PATH=VALUE: {string.Join(", ", _others)}");
    }

    /// <summary>Asks for a yes or a no.</summary>
    public bool Confirm(string question, bool otherwise)
    {
        output.Write($"{question} [{(otherwise ? "Y/n" : "y/N")}] ");
        return Answer(answers).Trim().ToUpperInvariant() switch { "" => otherwise, "Y" or "YES" => true, _ => false };
    }

    private void AskFor(string path, JsonObject settings)
    {
        foreach (var field in schema.FieldsOf(path))
        {
            if (field.IsSection) AskForSection(field, settings);
            else if (field.IsRequired || field.IsSecret || (path.Length == 0 && field.IsValue)) AskForValue(field, settings);
            else _others.Add(field.Path);
        }
    }

    private void AskForSection(SettingField field, JsonObject settings)
    {
        if (!field.IsRequired && !schema.FieldsOf(field.Path).Any(inner => inner.IsRequired || inner.IsSecret))
        {
            // Whoever set something in it by its path is not led through all of it.
            _others.Add($"{field.Path}.*");
            return;
        }

        var isThere = SettingsTree.Find(settings, field.Path) is not null;
        if (field.IsRequired || isThere || Confirm($"Set {field.Path}?{Described(field)}", otherwise: false)) AskFor(field.Path, settings);
    }

    private void AskForValue(SettingField field, JsonObject settings)
    {
        var current = SettingsTree.Find(settings, field.Path);
        while (true)
        {
            Ask(field, current);
            var text = Answer(field.IsSecret ? secrets : answers);
            if (text.Length > 0)
            {
                SettingsTree.Set(settings, field.Path, field.Read(text));
                return;
            }

            if (current is not null || field.Default is not null || !field.IsRequired) return;
            output.WriteLine("it is needed");
        }
    }

    private void Ask(SettingField field, JsonNode? current)
    {
        var (choices, kept) = (field.Choices.Count > 0 ? $" {{{string.Join(", ", field.Choices)}}}" : "", Kept(field, current));
        var line = $"{field.Path}{Described(field)}{choices}{kept}: ";
        if (line.Length > LongestLine)
        {
            if (field.Description is { } description) output.WriteLine(description);
            if (choices.Length > 0) output.WriteLine($"One of {string.Join(", ", field.Choices)}.");
            line = $"{field.Path}{kept}: ";
        }

        output.Write(line);
    }

    private static string Described(SettingField field) => field.Description is { } description ? $" ({description.TrimEnd('.')})" : "";

    private static string Kept(SettingField field, JsonNode? current) =>
        (current is not null ? field.IsSecret ? "kept" : current.ToString() : field.Default ?? (field.IsRequired ? null : "none")) is { } kept ? $" [{kept}]" : "";

    private static string Answer(Func<string?> source) => source() ?? throw new BadInputException("the answers ended before the questions did: give settings with --set and --secret, or a file.");
}
