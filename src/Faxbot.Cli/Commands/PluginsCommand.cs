using System.CommandLine;
using System.Text.Json;
using Faxbot.Cli.Gateways;

namespace Faxbot.Cli.Commands;

/// <summary><c>faxbot plugin</c>: what carries faxes, where it comes from, and how it is set.</summary>
internal sealed class PluginsCommand(GatewayLocator locator)
{
    private static readonly string[] Columns = ["id", "manifest.name", "version", "status.state", "status.reason"];
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly Argument<string> _id = new("PLUGIN") { Description = "The plugin's id, such as faxbot-sip." };

    public Command Create()
    {
        var collection = new CollectionCommands(locator, "/plugins", Columns);
        var plugins = collection.List("plugin", "List the plugins and how they are; install and set them.");
        plugins.Aliases.Add("plugins");
        plugins.Subcommands.Add(collection.List("list", "List the plugins and how they are."));
        foreach (var command in new PluginInstallCommands(locator).Create()) plugins.Subcommands.Add(command);
        plugins.Subcommands.Add(Show());
        plugins.Subcommands.Add(new PluginConfigureCommand(locator).Create());
        plugins.Subcommands.Add(Switch("enable", "Let a plugin carry faxes.", enabled: true));
        plugins.Subcommands.Add(Switch("disable", "Let a plugin carry no faxes; those under way go on.", enabled: false));
        plugins.Subcommands.Add(Check());
        plugins.Subcommands.Add(PluginVerifyCommand.Create());
        return plugins;
    }

    private Command Show()
    {
        var show = locator.AddTo(new Command("show", "Show a plugin's settings; secrets are masked.") { _id });
        show.SetAction(async (parsed, cancel) =>
        {
            using var client = locator.Find(parsed).Connect();
            Console.WriteLine((await new PluginResource(client, parsed.GetRequiredValue(_id)).ReadConfigAsync(cancel)).ToJsonString(Indented));
            return ExitCode.Delivered;
        });
        return show;
    }

    private Command Switch(string name, string description, bool enabled)
    {
        var command = locator.AddTo(new Command(name, description) { _id });
        command.SetAction((parsed, cancel) => SwitchAsync(parsed, enabled, cancel));
        return command;
    }

    private Command Check()
    {
        var check = locator.AddTo(new Command("check", "Let a plugin try whether it could work; sends nothing to anybody.") { _id });
        check.SetAction(async (parsed, cancel) =>
        {
            using var client = locator.Find(parsed).Connect();
            return await new PluginResource(client, parsed.GetRequiredValue(_id)).CheckAsync(null, cancel) ? ExitCode.Delivered : ExitCode.NotDelivered;
        });
        return check;
    }

    // What is there is written back with the change, so that a change made meanwhile is refused and not overwritten.
    private async Task<int> SwitchAsync(ParseResult parsed, bool enabled, CancellationToken cancel)
    {
        using var client = locator.Find(parsed).Connect();
        var plugin = new PluginResource(client, parsed.GetRequiredValue(_id));
        var config = await plugin.ReadConfigAsync(cancel);
        config["enabled"] = enabled;
        return await plugin.SaveAsync(config, cancel);
    }
}
