using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

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
        if (examples.TryGetValue(parseResult.CommandResult.Command.Name, out var text)) parseResult.InvocationConfiguration.Output.WriteLine(text);
        return result;
    }
}
