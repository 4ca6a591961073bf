using System.Text.RegularExpressions;
using Faxbot.Testing;

namespace Faxbot.Sdk.Testing.Tests.Templates;

/// <summary>The code that the tutorial shows is that of the templates, which <see cref="TemplateTests"/> builds and runs, or of the contract itself.</summary>
public sealed partial class TutorialTests
{
    private static readonly string[] Sources = [.. Files("templates", "Faxbot.Templates", "content"), .. Files("src", "Faxbot.Sdk", "Plugins"), .. Files("src", "Faxbot.Sdk", "Manifests")];

    [Fact]
    public void Each_block_of_code_stands_in_a_template()
    {
        var blocks = Block().Matches(File.ReadAllText(RepositoryRoot.Of("docs", "plugins.md"))).Select(match => match.Groups["code"].Value).ToArray();

        Assert.True(blocks.Length >= 5, $"The tutorial has {blocks.Length} blocks of code.");
        Assert.All(blocks, block => Assert.True(Sources.Any(source => source.Contains(Plain(block), StringComparison.Ordinal)), $"Neither a template nor the contract has this, so nothing compiles it:\n{block}"));
    }

    [Fact]
    public void Templates_name_the_version_of_the_libraries_that_they_were_made_with()
    {
        var version = typeof(SdkContract).Assembly.GetName().Version!.ToString(3);

        Assert.Equal(2, Sources.Count(source => source.Contains($"<PackageReference Include=\"Faxbot.Sdk", StringComparison.Ordinal) && source.Contains($"Version=\"{version}\"", StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Files(params string[] folder) =>
        Directory.EnumerateFiles(RepositoryRoot.Of(folder), "*", SearchOption.AllDirectories).Select(path => Plain(File.ReadAllText(path)));

    // How far a line is indented depends on where the excerpt begins.
    private static string Plain(string code) => string.Join('\n', code.Trim().Split('\n').Select(line => line.Trim()));

    [GeneratedRegex("^```(csharp|json)\n(?<code>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();
}
