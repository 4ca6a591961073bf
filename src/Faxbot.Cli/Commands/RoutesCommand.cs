using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Faxbot.Cli.Gateways;
using Faxbot.Cli.Output;

namespace Faxbot.Cli.Commands;

/// <summary><c>faxbot routes</c>: which plugin carries which numbers.</summary>
internal sealed class RoutesCommand(GatewayLocator locator)
{
    private const string Path = "/routes";
    private static readonly string[] Columns = ["id", "prefix", "plugin_id", "rank", "enabled"];
    private readonly Option<bool> _json = ViewOption.Create();

    public Command Create()
    {
        var routes = locator.AddTo(new Command("routes", "List which plugin carries which numbers.") { _json });
        routes.SetAction(async (parsed, cancel) =>
        {
            using var client = locator.Find(parsed).Connect();
            Rows.Write([.. (await client.GetJsonAsync(Path, cancel)).EnumerateArray()], Columns, parsed.GetValue(_json));
            return ExitCode.Delivered;
        });

        var prefix = new Argument<string>("PREFIX") { Description = "How the numbers begin, such as +49; + is all international numbers." };
        var plugin = new Argument<string>("PLUGIN") { Description = "The plugin's id." };
        var rank = new Option<int>("--rank") { Description = "Lower goes first among routes of the same prefix.", DefaultValueFactory = _ => 0 };
        var add = locator.AddTo(new Command("add", "Let a plugin carry the numbers that begin so.") { prefix, plugin, rank });
        add.SetAction(async (parsed, cancel) =>
        {
            using var client = locator.Find(parsed).Connect();
            var body = new JsonObject { ["prefix"] = parsed.GetRequiredValue(prefix), ["plugin_id"] = parsed.GetRequiredValue(plugin), ["rank"] = parsed.GetValue(rank) };
            Console.WriteLine((await client.SendJsonAsync(HttpMethod.Post, Path, body.Deserialize<JsonElement>(), cancel)).GetProperty("id").GetString());
            return ExitCode.Delivered;
        });
        routes.Subcommands.Add(add);

        var id = new Argument<string>("ID") { Description = "The route." };
        var remove = locator.AddTo(new Command("remove", "Remove a route.") { id });
        remove.SetAction(async (parsed, cancel) =>
        {
            using var client = locator.Find(parsed).Connect();
            await client.SendJsonAsync(HttpMethod.Delete, $"{Path}/{Uri.EscapeDataString(parsed.GetRequiredValue(id))}", null, cancel);
            return ExitCode.Delivered;
        });
        routes.Subcommands.Add(remove);
        return routes;
    }
}
