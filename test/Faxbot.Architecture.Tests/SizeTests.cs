namespace Faxbot.Architecture.Tests;

public sealed class SizeTests
{
    private const int Most = 500;
    private const int Usual = 250;
    private const int Method = 60;

    // Lines of nothing but codes: reading one is reading all.
    private static readonly string[] CodeTables = [];

    [Fact]
    public void No_file_is_long() =>
        Rule.Holds(
            $"A file is one idea. Above {Most} lines it is several: split it by role or phase. Tables of codes are listed in SizeTests.",
            from file in SourceTree.Code
            where file.Lines.Length > Most && !CodeTables.Contains(file.Path)
            select $"{file}: {file.Lines.Length} lines");

    [Fact]
    public void Nine_files_of_ten_fit_a_few_screens()
    {
        var longer = SourceTree.Code.Where(file => file.Lines.Length > Usual).OrderByDescending(file => file.Lines.Length).ToArray();

        Rule.Holds(
            $"More than a tenth of the files have more than {Usual} lines. Split the longest.",
            longer.Length * 10 > SourceTree.Code.Count ? longer.Select(file => $"{file}: {file.Lines.Length} lines") : []);
    }

    [Fact]
    public void Methods_fit_a_screen() =>
        Rule.Holds(
            $"A method should stay below 50 lines; above {Method} it hides its steps. Give them names. (A flat switch may be longer, and a recipe whose steps are marked '// Step n'.)",
            from file in SourceTree.Code
            from method in Members(file)
            where method.Length > Method && !IsFlatTable(method) && !method.Any(line => line.Contains("// Step ", StringComparison.Ordinal))
            select $"{file}: {method[0].Trim()} ... {method.Length} lines");

    // Members of a type that is not nested begin with a brace at the fifth column and end with one there.
    private static IEnumerable<string[]> Members(SourceFile file)
    {
        for (var i = 1; i < file.Lines.Length; i++)
        {
            if (file.Lines[i] != "    {" || IsType(file.Lines[i - 1])) continue;
            var end = Array.FindIndex(file.Lines, i, line => line is "    }" or "    };");
            if (end < 0) yield break;
            yield return file.Lines[(i - 1)..(end + 1)];
            i = end;
        }
    }

    private static bool IsType(string line) =>
        new[] { "class ", "struct ", "record ", "interface ", "enum " }.Any(word => line.Contains(word, StringComparison.Ordinal)) && !line.Contains("=>", StringComparison.Ordinal);

    private static bool IsFlatTable(string[] method) =>
        method.Count(line => line.Contains("=>", StringComparison.Ordinal) || line.TrimStart().StartsWith("case ", StringComparison.Ordinal) || line.TrimStart().StartsWith('[')) * 10 >= method.Length * 6;
}
