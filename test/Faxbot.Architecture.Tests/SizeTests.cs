using System.Text.RegularExpressions;

namespace Faxbot.Architecture.Tests;

public sealed partial class SizeTests
{
    private const int Most = 500;
    private const int Usual = 250;
    private const int Method = 50;

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
            $"A method above {Method} lines hides its steps. Give them names. (A flat switch may be longer, and a recipe whose steps are marked '// Step n'.)",
            from file in SourceTree.Code
            from method in Members(file)
            where method.Length > Method && !IsFlatTable(method) && !method.Any(line => line.Contains("// Step ", StringComparison.Ordinal))
            select $"{file}: {method[0].Trim()} ... {method.Length} lines");

    // A member's block begins with a brace alone on its line, and ends with one in the same column. Types nested in a type are looked into.
    private static IEnumerable<string[]> Members(SourceFile file)
    {
        for (var i = 1; i < file.Lines.Length; i++)
        {
            if (file.Lines[i].TrimStart() != "{" || !file.Lines[i].StartsWith("    ", StringComparison.Ordinal)) continue;
            var start = i;
            while (start > 0 && !file.Lines[start - 1].Contains("//", StringComparison.Ordinal) && file.Lines[start - 1] is [.., not ';' and not '{' and not '}' and not ']']) start--;
            if (Type().IsMatch(string.Join(' ', file.Lines[start..i]))) continue;
            var closing = file.Lines[i].Replace('{', '}');
            var end = Array.FindIndex(file.Lines, i, line => line.StartsWith(closing, StringComparison.Ordinal));
            if (end < 0) yield break;
            yield return file.Lines[int.Min(start, i - 1)..(end + 1)];
            i = end;
        }
    }

    private static bool IsFlatTable(string[] method) =>
        method.Count(line => line.Contains("=>", StringComparison.Ordinal) || line.TrimStart().StartsWith("case ", StringComparison.Ordinal) || line.TrimStart().StartsWith('[')) * 10 >= method.Length * 6;

    [GeneratedRegex("""^\s*((public|internal|private|protected|sealed|static|abstract|readonly|partial|unsafe|ref|file) )*(class|record|struct|interface|enum) """)]
    private static partial Regex Type();
}
