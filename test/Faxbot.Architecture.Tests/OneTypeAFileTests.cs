using System.Text.RegularExpressions;

namespace Faxbot.Architecture.Tests;

public sealed partial class OneTypeAFileTests
{
    private const int Tiny = 40;

    [Fact]
    public void A_file_holds_the_type_that_it_is_named_after_and_only_what_belongs_to_it() =>
        Rule.Holds(
            $"""
            One public type a file, and the file has its name. Beside it may stand: its enums, its extensions, the cases of its union (what derives from it),
            and a record or an interface of at most {Tiny} lines that means nothing without it. Give any other type a file of its own.
            """,
            SourceTree.Product.SelectMany(Violations));

    private static IEnumerable<string> Violations(SourceFile file)
    {
        var types = Types(file).ToArray();
        if (types.Length == 0) yield break;
        if (!types.Any(type => type.Name == file.Stem)) yield return $"{file} has no type {file.Stem}";
        var bases = types.Select(type => type.Base).OfType<string>().ToHashSet();
        foreach (var type in types)
        {
            var belongs = !type.IsPublic || type.Name == file.Stem || type.Kind == "enum" || type.Name.EndsWith("Extensions", StringComparison.Ordinal)
                || (type.Base is not null && types.Any(other => other.Name == type.Base)) || bases.Contains(type.Name)
                || (type.Kind is "record" or "interface" or "struct" && type.Length <= Tiny);
            if (!belongs) yield return $"{file}: {type.Name}";
        }
    }

    // With a namespace for the whole file, types that are not nested begin in the first column.
    private static IEnumerable<(string Name, string Kind, string? Base, bool IsPublic, int Length)> Types(SourceFile file)
    {
        for (var i = 0; i < file.Lines.Length; i++)
        {
            if (Declaration().Match(file.Lines[i]) is not { Success: true } type) continue;
            var end = file.Lines[i].EndsWith(';') ? i : Array.FindIndex(file.Lines, i, line => line.StartsWith('}') || line.StartsWith(')') && line.EndsWith(';'));
            yield return (type.Groups["name"].Value, type.Groups["kind"].Value.Split(' ')[0], type.Groups["base"] is { Success: true } parent ? parent.Value : null,
                type.Groups["access"].Value == "public", (end < 0 ? file.Lines.Length : end) - i + 1);
        }
    }

    [GeneratedRegex("""^(?<access>public|internal) (?:(?:sealed|static|abstract|readonly|partial|unsafe|ref|file) )*(?<kind>class|record struct|record class|record|struct|interface|enum|delegate [\w<>?[\],. ]+?) (?<name>\w+)[^:]*(?:: (?<base>\w+))?""")]
    private static partial Regex Declaration();
}
