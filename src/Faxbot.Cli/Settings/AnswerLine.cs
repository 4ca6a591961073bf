namespace Faxbot.Cli.Settings;

/// <summary>A line that answers a question: from the keyboard, else from wherever the input comes.</summary>
internal static class AnswerLine
{
    /// <summary>Reads it; null at the end of the input.</summary>
    public static string? Read()
    {
        var line = Console.In.ReadLine();
        // Where nobody types, nobody ends the line of the question.
        if (Console.IsInputRedirected) Console.WriteLine();
        return line;
    }

    /// <summary>Reads one from the keyboard that nobody sees.</summary>
    public static string? ReadSecret()
    {
        if (Console.IsInputRedirected) return Read();
        List<char> letters = [];
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace) letters.RemoveRange(int.Max(0, letters.Count - 1), int.Min(1, letters.Count));
            else if (!char.IsControl(key.KeyChar)) letters.Add(key.KeyChar);
        }

        Console.WriteLine();
        return new string([.. letters]);
    }
}
