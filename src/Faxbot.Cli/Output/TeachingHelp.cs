using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Faxbot.Cli.Output;

/// <summary>The help of a command, and below it examples that can be copied.</summary>
internal sealed class TeachingHelp(HelpAction reference, IReadOnlyDictionary<string, string> examples) : SynchronousCommandLineAction
{
    /// <summary>Adds <paramref name="examples"/>, by the names of their commands, to the help of <paramref name="root"/>.</summary>
    public static void AddTo(RootCommand root, IReadOnlyDictionary<string, string> examples)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new TeachingHelp((HelpAction)help.Action!, examples);
    }

    /// <summary>Help is given whatever else is wrong with the command line.</summary>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var result = reference.Invoke(parseResult);
        if (ExamplesOf(parseResult.CommandResult) is { } text) parseResult.InvocationConfiguration.Output.WriteLine(text);
        return result;
    }

    // Its own, or those of the group that it belongs to; `message list` is not `list`.
    private string? ExamplesOf(CommandResult command)
    {
        if (examples.TryGetValue(command.Command.Name, out var text) && text.Contains(PathOf(command), StringComparison.Ordinal)) return text;
        return command.Parent is CommandResult { Parent: not null } group ? ExamplesOf(group) : null;
    }

    private static string PathOf(CommandResult command) =>
        command.Parent is CommandResult group ? $"{PathOf(group)} {command.Command.Name}" : "faxbot";
}
