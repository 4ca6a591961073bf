using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace Faxbot.Cli.Gateways;

/// <summary>Rows for people on a terminal, tab-separated lines for pipes, JSON for programs.</summary>
internal static class Rows
{
    private const int Widest = 200;

    /// <summary>Writes some fields of each object.</summary>
    /// <param name="rows">JSON objects.</param>
    /// <param name="fields">The names of their fields, which head the columns; a point leads into an object.</param>
    /// <param name="asJson">Writes the objects as they are.</param>
    public static void Write(IReadOnlyList<JsonElement> rows, IReadOnlyList<string> fields, bool asJson)
    {
        if (asJson)
        {
            foreach (var row in rows) Console.WriteLine(row.GetRawText());
            return;
        }

        if (Console.IsOutputRedirected)
        {
            foreach (var row in rows) Console.WriteLine(string.Join('\t', fields.Select(field => Text(row, field))));
            return;
        }

        var table = new Table().Border(TableBorder.None);
        foreach (var field in fields) table.AddColumn(field[(field.LastIndexOf('.') + 1)..].Replace('_', ' '));
        // Nothing is cut or folded to the window: ids are for copying, and the terminal breaks what is too long.
        AnsiConsole.Profile.Width = int.Max(AnsiConsole.Profile.Width, Widest);
        foreach (var row in rows) table.AddRow([.. fields.Select(field => Markup.Escape(Short(Text(row, field))))]);
        AnsiConsole.Write(table);
    }

    // Instants as people read them.
    private static string Short(string text) =>
        text.Length > 20 && text[4] == '-' && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var at)
            ? at.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
            : text;

    private static string Text(JsonElement row, string path)
    {
        var value = row;
        foreach (var field in path.Split('.'))
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(field, out value)) return "";
        }

        return value.ValueKind switch
        {
            JsonValueKind.Null => "",
            JsonValueKind.Array => string.Join(' ', value.EnumerateArray().Select(item => item.ToString())),
            _ => value.ToString(),
        };
    }
}
