using System.Text.RegularExpressions;
using Faxbot.Testing;

namespace Faxbot.Architecture.Tests;

public sealed partial class DocumentTests
{
    private const string Protocols = "docs/protocols.md";

    [Theory]
    [InlineData("README.md", "./faxbot send samples/letter.pdf")]
    [InlineData("README.md", "./faxbot test")]
    [InlineData("README.md", "ARCHITECTURE.md")]
    [InlineData("ARCHITECTURE.md", "then drain")]
    [InlineData("CONTRIBUTING.md", "./faxbot soak")]
    [InlineData("LICENSE", "The Faxbot authors")]
    [InlineData(".ci/run", "./faxbot test")]
    public void A_document_says_what_readers_look_for(string document, string text) =>
        Assert.Contains(text, File.ReadAllText(RepositoryRoot.Of(document)), StringComparison.Ordinal);

    [Fact]
    public void The_sample_of_the_first_command_is_there() => Assert.True(File.Exists(RepositoryRoot.Of("samples", "letter.pdf")));

    [Fact]
    public void Relative_links_lead_somewhere() =>
        Rule.Holds(
            "The file was moved or never written: repair the link.",
            from document in SourceTree.Files().Where(path => path.EndsWith(".md", StringComparison.Ordinal))
            from Match link in Link().Matches(File.ReadAllText(RepositoryRoot.Of(document)))
            let target = link.Groups[1].Value
            where !Path.Exists(Path.Combine(RepositoryRoot.FullPath, Path.GetDirectoryName(document)!, target))
            select $"{document}: {target}");

    [Fact]
    public void The_protocol_table_names_types_that_exist()
    {
        var types = ProductAssembly.All.SelectMany(assembly => assembly.Types).ToHashSet();

        Rule.Holds($"{Protocols} promises that clause X is in type Y. Rename it there too, or take the row out.", Named(1).Where(name => !types.Contains(name)));
    }

    [Fact]
    public void The_protocol_table_names_tests_that_exist()
    {
        var classes = SourceTree.Code.Where(file => file.Project.EndsWith(".Tests", StringComparison.Ordinal)).Select(file => file.Stem).ToHashSet();
        var tests = SourceTree.Code.SelectMany(NamingTests.TestNames).ToHashSet();

        Rule.Holds($"{Protocols} promises that a test proves clause X. Rename it there too.", Named(2).Where(name => !classes.Contains(name) && !tests.Contains(name)));
    }

    [Fact]
    public void The_protocol_table_has_rows() => Assert.True(Rows().Count() > 20);

    // A row: | clause | `Type`, `Type` | `Tests`, `A_test` | state |
    private static IEnumerable<string> Named(int column) => Rows().SelectMany(row => Code().Matches(row[column]).Select(match => match.Groups[1].Value)).Distinct();

    private static IEnumerable<string[]> Rows() => File.ReadLines(RepositoryRoot.Of(Protocols))
        .Where(line => line.StartsWith('|') && line.Contains('`', StringComparison.Ordinal))
        .Select(line => line.Trim('|').Split('|'));

    [GeneratedRegex("""`([A-Za-z0-9_]+)`""")]
    private static partial Regex Code();

    [GeneratedRegex("""\]\((?!https?:|#|mailto:)([^)#\s]+)""")]
    private static partial Regex Link();
}
