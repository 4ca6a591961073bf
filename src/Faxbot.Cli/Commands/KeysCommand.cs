using System.CommandLine;
using System.Text.Json.Nodes;
using Faxbot.Cli.Gateways;

namespace Faxbot.Cli.Commands;

/// <summary><c>faxbot keys</c>: who may use the API.</summary>
internal static class KeysCommand
{
    private static readonly string[] Columns = ["key_id", "name", "owner", "scopes", "expires_at"];

    public static Command Create(GatewayLocator locator)
    {
        var commands = new CollectionCommands(locator, "/admin/api-keys", Columns);
        var name = new Option<string>("--name") { Description = "What it is for.", Required = true };
        var scopes = new Option<string[]>("--scope")
        {
            Description = "What it may do, such as fax:send; repeat it. fax:send and fax:read when left out.",
            AllowMultipleArgumentsPerToken = true,
        };
        var id = new Argument<string>("KEY-ID") { Description = "The 12 hexadecimal digits of a key." };

        var keys = commands.List("keys", "List the API keys.");
        keys.Subcommands.Add(commands.Add(
            new Command("add", "Make a key; its token is shown this once.") { name, scopes },
            parsed =>
            {
                var body = new JsonObject { ["name"] = parsed.GetRequiredValue(name) };
                if (parsed.GetValue(scopes) is { Length: > 0 } wanted) body["scopes"] = new JsonArray([.. wanted.Select(scope => JsonValue.Create(scope))]);
                return body;
            },
            "token"));
        keys.Subcommands.Add(commands.Act("rotate", "Give a key a new secret; its token is shown this once.", id, "token"));
        keys.Subcommands.Add(commands.Delete("revoke", "End a key at once.", id));
        return keys;
    }
}
