using System.CommandLine;
using Spectre.Console;

namespace Faxbot.Cli.Output;

/// <summary>Chooses how a call is shown.</summary>
internal static class ViewOption
{
    public static Option<bool> Create() => new("--json") { Description = "One JSON object a line instead of text." };

    /// <summary>JSON when asked for, a moving line on a terminal, plain lines elsewhere.</summary>
    public static ICallView Choose(bool json) => json ? new JsonView(Console.Out)
        : Console.IsOutputRedirected ? new TextView(Console.Out)
        : new TerminalView(AnsiConsole.Console);
}
