using System.Text.RegularExpressions;

namespace Faxbot.Architecture.Tests;

public sealed partial class NamingTests
{
    private static readonly string[] Suffixes =
        ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Service", "Processor", "Wrapper", "Base", "Impl", "Data", "Info", "Common"];

    [Fact]
    public void Types_are_nouns_of_the_domain() =>
        Rule.Holds(
            """
            A name that ends so says that the noun is missing. Look into the standard for the word (DIS, dialog, branch, attempt), or name what the thing is
            and not that it does something.
            """,
            from assembly in ProductAssembly.All
            from type in assembly.Types
            where Suffixes.Any(suffix => type.Length > suffix.Length && type.EndsWith(suffix, StringComparison.Ordinal)) || Suffixes.Contains(type)
            select $"{assembly.Name}: {type}");

    [Fact]
    public void Namespaces_equal_folders() =>
        Rule.Holds(
            "A file's namespace is its project's name and its folders: src/Faxbot.Fax/T30/X.cs is Faxbot.Fax.T30. It is written once, with a semicolon.",
            from file in SourceTree.Code
            let spoken = file.Lines.Select(line => Namespace().Match(line)).FirstOrDefault(match => match.Success)?.Groups[1].Value
            let expected = string.Join('.', file.Path.Split('/')[1..^1])
            where spoken is not null && spoken != expected
            select $"{file}: {spoken}, not {expected}");

    [Fact]
    public void Tests_are_sentences() =>
        Rule.Holds(
            "A test's name says what the code does, in words with underscores: Hangs_up_after_three_unanswered_DCS.",
            from file in SourceTree.Code
            where file.Project.EndsWith(".Tests", StringComparison.Ordinal)
            from name in TestNames(file)
            where !Sentence().IsMatch(name)
            select $"{file}: {name}");

    /// <summary>The names of the test methods in a file.</summary>
    internal static IEnumerable<string> TestNames(SourceFile file)
    {
        var isTest = false;
        foreach (var line in file.Lines)
        {
            isTest |= line.StartsWith("    [Fact", StringComparison.Ordinal) || line.StartsWith("    [Theory", StringComparison.Ordinal);
            if (!isTest || Method().Match(line) is not { Success: true } method) continue;
            isTest = false;
            yield return method.Groups[1].Value;
        }
    }

    [GeneratedRegex("""^namespace ([A-Za-z0-9_.]+)""")]
    private static partial Regex Namespace();

    [GeneratedRegex("""^    public .*?([A-Za-z0-9_]+)(<\w+>)?\(""")]
    private static partial Regex Method();

    [GeneratedRegex("""^[A-Z][A-Za-z0-9]*(_[A-Za-z0-9]+)+$""")]
    private static partial Regex Sentence();
}
