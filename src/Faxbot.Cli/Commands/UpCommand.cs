using System.CommandLine;
using Faxbot.Cli.Gateways;

namespace Faxbot.Cli.Commands;

/// <summary><c>faxbot up</c>: runs the gateway.</summary>
internal static class UpCommand
{
    public static Command Create()
    {
        var config = new Option<string?>("--config") { Description = "The configuration file; FAXBOT_CONFIG when left out.", HelpName = "FILE" };
        var command = new Command("up", "Run the gateway: its API, queue, plugins and lines, until Ctrl-C. Nothing needs to be configured.") { config };
        command.SetAction((parsed, cancel) => ServerProcess.RunAsync(parsed.GetValue(config) is { } file ? ["--config", file] : [], cancel));
        return command;
    }
}
