using System.CommandLine;
using System.Text.Json.Nodes;
using Faxbot.Cli.Gateways;

namespace Faxbot.Cli.Commands;

/// <summary><c>faxbot opt-outs</c>: the numbers that nothing is sent to any more.</summary>
internal static class OptOutsCommand
{
    private static readonly string[] Columns = ["number", "source", "note", "created_at"];

    public static Command Create(GatewayLocator locator)
    {
        var commands = new CollectionCommands(locator, "/opt-outs", Columns);
        var number = new Argument<string>("NUMBER") { Description = "The number, such as +15550199." };
        var note = new Option<string?>("--note") { Description = "Anything worth knowing.", HelpName = "TEXT" };
        var optOuts = commands.List("opt-outs", "List the numbers that nothing is sent to any more, and that are not called.");
        optOuts.Subcommands.Add(commands.Add(
            new Command("add", "Send nothing more to a number.") { number, note },
            parsed => new JsonObject { ["number"] = parsed.GetRequiredValue(number), ["note"] = parsed.GetValue(note) },
            "number"));
        optOuts.Subcommands.Add(commands.Delete("remove", "Take a number off the list, as its owner wishes.", new Argument<string>("NUMBER") { Description = "As the list has it." }));
        return optOuts;
    }
}
