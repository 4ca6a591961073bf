using System.CommandLine;
using System.Text.Json.Nodes;
using Faxbot.Cli.Gateways;

namespace Faxbot.Cli.Commands;

/// <summary><c>faxbot routes</c>: which plugin carries which numbers.</summary>
internal static class RoutesCommand
{
    private static readonly string[] Columns = ["id", "prefix", "plugin_id", "rank", "enabled"];

    public static Command Create(GatewayLocator locator)
    {
        var commands = new CollectionCommands(locator, "/routes", Columns);
        var prefix = new Argument<string>("PREFIX") { Description = "How the numbers begin, such as +49; + is all international numbers." };
        var plugin = new Argument<string>("PLUGIN") { Description = "The plugin's id." };
        var rank = new Option<int>("--rank") { Description = "Lower goes first among routes of the same prefix.", DefaultValueFactory = _ => 0 };

        var routes = commands.List("routes", "List which plugin carries which numbers.");
        routes.Subcommands.Add(commands.Add(
            new Command("add", "Let a plugin carry the numbers that begin so.") { prefix, plugin, rank },
            parsed => new JsonObject { ["prefix"] = parsed.GetRequiredValue(prefix), ["plugin_id"] = parsed.GetRequiredValue(plugin), ["rank"] = parsed.GetValue(rank) },
            "id"));
        routes.Subcommands.Add(commands.Delete("remove", "Remove a route.", new Argument<string>("ID") { Description = "The route." }));
        return routes;
    }
}
