namespace Faxbot.Imaging.T4;

/// <summary>A code word: its bits, right-aligned, and how many they are.</summary>
internal readonly record struct CodeWord(int Bits, int Length)
{
    /// <summary>Reads "00110101" as T.4 prints it.</summary>
    public static CodeWord Parse(string digits) => new(Convert.ToInt32(digits, 2), digits.Length);

    public static CodeWord[] ParseAll(string words) =>
        [.. words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
}
