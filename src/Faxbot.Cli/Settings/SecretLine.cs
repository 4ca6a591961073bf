namespace Faxbot.Cli.Settings;

/// <summary>A line from the keyboard that nobody sees.</summary>
internal static class SecretLine
{
    /// <summary>Reads it; what is no keyboard is read as it comes.</summary>
    public static string? Read()
    {
        if (Console.IsInputRedirected) return Console.In.ReadLine();
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
