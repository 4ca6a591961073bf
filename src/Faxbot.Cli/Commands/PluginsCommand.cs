using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Faxbot.Cli.Gateways;

namespace Faxbot.Cli.Commands;

/// <summary><c>faxbot plugins</c>: what carries faxes, and how it is set.</summary>
internal sealed class PluginsCommand(GatewayLocator locator)
{
    private static readonly string[] Columns = ["id", "manifest.name", "version", "status.state", "status.reason"];
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly Argument<string> _id = new("PLUGIN") { Description = "The plugin's id, such as faxbot-sip." };

    public Command Create()
    {
        var plugins = new CollectionCommands(locator, "/plugins", Columns).List("plugins", "List the plugins and how they are.");
        plugins.Subcommands.Add(Show());
        plugins.Subcommands.Add(Configure());
        plugins.Subcommands.Add(Switch("enable", "Let a plugin carry faxes.", enabled: true));
        plugins.Subcommands.Add(Switch("disable", "Let a plugin carry no faxes; those under way go on.", enabled: false));
        plugins.Subcommands.Add(Check());
        return plugins;
    }

    private Command Show()
    {
        var show = locator.AddTo(new Command("show", "Show a plugin's settings; secrets are masked.") { _id });
        show.SetAction(async (parsed, cancel) =>
        {
            using var client = locator.Find(parsed).Connect();
            Console.WriteLine(JsonSerializer.Serialize(await client.GetJsonAsync(ConfigPath(parsed), cancel), Indented));
            return ExitCode.Delivered;
        });
        return show;
    }

    private Command Configure()
    {
        var file = new Argument<string>("FILE") { Description = "The settings as JSON; - reads standard input." };
        var configure = locator.AddTo(new Command("configure", "Replace a plugin's settings. Masked secrets stay as they are.") { _id, file });
        configure.SetAction((parsed, cancel) => ChangeAsync(parsed, config => config["settings"] = Read(parsed.GetRequiredValue(file)), cancel));
        return configure;
    }

    private Command Switch(string name, string description, bool enabled)
    {
        var command = locator.AddTo(new Command(name, description) { _id });
        command.SetAction((parsed, cancel) => ChangeAsync(parsed, config => config["enabled"] = enabled, cancel));
        return command;
    }

    private Command Check()
    {
        var check = locator.AddTo(new Command("check", "Let a plugin try whether it could work; sends nothing to anybody.") { _id });
        check.SetAction(async (parsed, cancel) =>
        {
            using var client = locator.Find(parsed).Connect();
            var result = await client.SendJsonAsync(HttpMethod.Post, $"/plugins/{Uri.EscapeDataString(parsed.GetRequiredValue(_id))}/check", null, cancel);
            foreach (var problem in result.GetProperty("problems").EnumerateArray()) Console.WriteLine(problem.GetString());
            if (!result.GetProperty("ok").GetBoolean()) return ExitCode.NotDelivered;
            Console.WriteLine("it could work");
            return ExitCode.Delivered;
        });
        return check;
    }

    // What is there is written back with the change, so that a change made meanwhile is refused and not overwritten.
    private async Task<int> ChangeAsync(ParseResult parsed, Action<JsonObject> change, CancellationToken cancel)
    {
        using var client = locator.Find(parsed).Connect();
        var config = JsonObject.Create(await client.GetJsonAsync(ConfigPath(parsed), cancel))!;
        change(config);
        await client.SendJsonAsync(HttpMethod.Put, ConfigPath(parsed), config.Deserialize<JsonElement>(), cancel);
        return ExitCode.Delivered;
    }

    private string ConfigPath(ParseResult parsed) => $"/plugins/{Uri.EscapeDataString(parsed.GetRequiredValue(_id))}/config";

    private static JsonNode Read(string file)
    {
        try
        {
            var text = file == "-" ? Console.In.ReadToEnd() : File.ReadAllText(file);
            return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true })
                ?? throw new BadInputException($"{file}: the settings are null.");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new BadInputException($"{file}: {unreadable.Message}");
        }
    }
}
