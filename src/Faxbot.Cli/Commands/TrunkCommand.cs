using System.CommandLine;
using System.Text.Json;
using Faxbot.Cli.Calls;
using Faxbot.Cli.Gateways;
using Faxbot.Cli.Output;

namespace Faxbot.Cli.Commands;

/// <summary><c>faxbot trunk</c>: what is wrong with a trunk, and what to change.</summary>
internal sealed class TrunkCommand(GatewayLocator locator)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly Argument<string> _id = new("PLUGIN") { Description = "The id of the trunk's plugin, such as faxbot-sip." };
    private readonly Option<string?> _dial = new("--dial") { Description = "Send a test page to this number, a fax machine of your own." };
    private readonly Option<bool> _json = ViewOption.Create();

    public Command Create()
    {
        var check = locator.AddTo(new Command("check", "Look at a trunk step by step: names, servers, address, registration, and a call.") { _id, _dial, _json });
        check.SetAction(CheckAsync);
        return new Command("trunk", "Look at the trunks that plugins have.") { check };
    }

    private async Task<int> CheckAsync(ParseResult parsed, CancellationToken cancel)
    {
        var dial = parsed.GetValue(_dial) is { } number ? Destination.ParseNumber(number) : null;
        using var client = locator.Find(parsed).Connect();
        var result = await new PluginResource(client, parsed.GetRequiredValue(_id)).CheckStepsAsync(dial, cancel);
        if (parsed.GetValue(_json)) Console.WriteLine(JsonSerializer.Serialize(result, Indented));
        else CheckText.Write(result);
        return result.GetProperty("ok").GetBoolean() ? ExitCode.Delivered : ExitCode.NotDelivered;
    }
}
