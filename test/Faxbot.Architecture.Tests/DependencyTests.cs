using System.Text.RegularExpressions;
using Faxbot.Testing;

namespace Faxbot.Architecture.Tests;

public sealed partial class DependencyTests
{
    private const string Lesson = """
        Dependencies point one way: Fax -> Imaging; Documents -> Imaging; Lines -> Sip, Fax, Imaging, Sdk; Sdk.Testing -> Sdk, Lines and what Lines are made of; Server -> Sdk, Lines, Documents and
        what their types are made of (and it brings PluginHost along, of whose types it sees none); Cli -> Client, Lines, Documents and what their types are made of; plugins -> Sdk. Sip and Fax never see each other: what they must
        tell each other crosses as a small record in Lines. Move the type that is missed to where its users may see it, or, when the direction is right
        and new, add it to the table in DependencyTests and to ARCHITECTURE.md.
        """;

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Faxbot.Imaging"] = [],
        ["Faxbot.Sip"] = [],
        ["Faxbot.Sdk"] = [],
        ["Faxbot.Client"] = [],
        ["Faxbot.Fax"] = ["Faxbot.Imaging"],
        ["Faxbot.Documents"] = ["Faxbot.Imaging"],
        ["Faxbot.Lines"] = ["Faxbot.Sip", "Faxbot.Fax", "Faxbot.Imaging", "Faxbot.Sdk"],
        ["Faxbot.Sdk.Testing"] = ["Faxbot.Sdk", "Faxbot.Lines", "Faxbot.Sip", "Faxbot.Fax", "Faxbot.Imaging"],
        ["Faxbot.PluginHost"] = ["Faxbot.Sdk"],
        ["Faxbot.Server"] = ["Faxbot.Sdk", "Faxbot.Lines", "Faxbot.Documents", "Faxbot.Fax", "Faxbot.Imaging", "Faxbot.PluginHost"],
        // Named after its protocol first, and yet one of its provider's.
        ["Faxbot.Sip.Telnyx"] = ["Faxbot.Sdk", "Faxbot.Telnyx.Common"],
        ["Faxbot.Cli"] = ["Faxbot.Client", "Faxbot.Lines", "Faxbot.Documents", "Faxbot.Fax", "Faxbot.Imaging", "Faxbot.Sdk"],
    };

    [Fact]
    public void Compiled_references_point_one_way() =>
        Rule.Holds(Lesson, ProductAssembly.All.SelectMany(assembly => Violations(ProjectOf(assembly.Name), assembly.References.Where(IsOurs))));

    [Fact]
    public void Project_files_reference_no_more_than_that() =>
        Rule.Holds(Lesson, SourceTree.Files()
            .Where(path => path.EndsWith(".csproj", StringComparison.Ordinal) && (path.StartsWith("src/", StringComparison.Ordinal) || path.StartsWith("plugins/", StringComparison.Ordinal)))
            .SelectMany(path => Violations(Path.GetFileNameWithoutExtension(path), References(path))));

    [Fact]
    public void All_projects_of_the_product_are_looked_at()
    {
        var projects = SourceTree.Files().Where(path => (path.StartsWith("src/", StringComparison.Ordinal) || path.StartsWith("plugins/", StringComparison.Ordinal)) && path.EndsWith(".csproj", StringComparison.Ordinal)).Select(Path.GetFileNameWithoutExtension);
        var looked = ProductAssembly.All.Select(assembly => ProjectOf(assembly.Name));

        Rule.Holds("Reference the project from Faxbot.Architecture.Tests.csproj, so that its assembly lies beside the tests.", projects.Except(looked)!);
    }

    private static IEnumerable<string> Violations(string project, IEnumerable<string> references)
    {
        if (!Allowed.TryGetValue(project, out var allowed))
            allowed = project.Count(letter => letter == '.') >= 2 ? ["Faxbot.Sdk", $"{project[..project.LastIndexOf('.')]}.Common"] : [];
        return references.Except(allowed).Select(reference => $"{project} -> {reference}");
    }

    private static IEnumerable<string> References(string project) =>
        ProjectReference().Matches(File.ReadAllText(RepositoryRoot.Of(project))).Select(match => match.Groups[1].Value);

    private static bool IsOurs(string assembly) => assembly.StartsWith("faxbot", StringComparison.OrdinalIgnoreCase);

    private static string ProjectOf(string assembly) => assembly == "faxbot" ? "Faxbot.Cli" : assembly;

    [GeneratedRegex("""<ProjectReference Include="[^"]*?([A-Za-z.]+)\.csproj""")]
    private static partial Regex ProjectReference();
}
