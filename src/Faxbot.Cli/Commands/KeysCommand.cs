using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Faxbot.Cli.Gateways;
using Faxbot.Cli.Output;

namespace Faxbot.Cli.Commands;

/// <summary><c>faxbot keys</c>: who may use the API.</summary>
internal sealed class KeysCommand(GatewayLocator locator)
{
    private const string Path = "/admin/api-keys";
    private static readonly string[] Columns = ["key_id", "name", "owner", "scopes", "expires_at"];
    private readonly Option<bool> _json = ViewOption.Create();
    private readonly Argument<string> _id = new("KEY-ID") { Description = "The 12 hexadecimal digits of a key." };

    public Command Create()
    {
        var keys = locator.AddTo(new Command("keys", "List the API keys.") { _json });
        keys.SetAction(async (parsed, cancel) =>
        {
            using var client = locator.Find(parsed).Connect();
            Rows.Write([.. (await client.GetJsonAsync(Path, cancel)).EnumerateArray()], Columns, parsed.GetValue(_json));
            return ExitCode.Delivered;
        });

        var name = new Option<string>("--name") { Description = "What it is for.", Required = true };
        var scopes = new Option<string[]>("--scope")
        {
            Description = "What it may do, such as fax:send; repeat it. fax:send and fax:read when left out.",
            AllowMultipleArgumentsPerToken = true,
        };
        var add = locator.AddTo(new Command("add", "Make a key; its token is shown this once.") { name, scopes });
        add.SetAction((parsed, cancel) =>
        {
            var body = new JsonObject { ["name"] = parsed.GetRequiredValue(name) };
            if (parsed.GetValue(scopes) is { Length: > 0 } wanted) body["scopes"] = new JsonArray([.. wanted.Select(scope => JsonValue.Create(scope))]);
            return ShowTokenAsync(parsed, Path, body, cancel);
        });
        keys.Subcommands.Add(add);

        var rotate = locator.AddTo(new Command("rotate", "Give a key a new secret; its token is shown this once.") { _id });
        rotate.SetAction((parsed, cancel) => ShowTokenAsync(parsed, $"{Path}/{Uri.EscapeDataString(parsed.GetRequiredValue(_id))}/rotate", [], cancel));
        keys.Subcommands.Add(rotate);

        var revoke = locator.AddTo(new Command("revoke", "End a key at once.") { _id });
        revoke.SetAction(async (parsed, cancel) =>
        {
            using var client = locator.Find(parsed).Connect();
            await client.SendJsonAsync(HttpMethod.Delete, $"{Path}/{Uri.EscapeDataString(parsed.GetRequiredValue(_id))}", null, cancel);
            return ExitCode.Delivered;
        });
        keys.Subcommands.Add(revoke);
        return keys;
    }

    private async Task<int> ShowTokenAsync(ParseResult parsed, string path, JsonObject body, CancellationToken cancel)
    {
        using var client = locator.Find(parsed).Connect();
        var issued = await client.SendJsonAsync(HttpMethod.Post, path, body.Deserialize<JsonElement>(), cancel);
        Console.WriteLine(issued.GetProperty("token").GetString());
        return ExitCode.Delivered;
    }
}
