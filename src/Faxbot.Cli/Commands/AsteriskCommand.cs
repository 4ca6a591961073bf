using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Faxbot.Cli.Gateways;
using Faxbot.Cli.Output;

namespace Faxbot.Cli.Commands;

/// <summary><c>faxbot asterisk</c>: what an Asterisk has to be told so that trunks go over it, and whether it was.</summary>
internal sealed class AsteriskCommand(GatewayLocator locator)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly Argument<string[]> _plugins = new("PLUGIN") { Description = "The plugins whose trunks it is to have; all whose line it is when left out.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> _server = new("--server") { Description = "The server, by its name in asterisk.servers." };
    private readonly Option<bool> _json = ViewOption.Create();

    public Command Create()
    {
        var config = locator.AddTo(new Command("config", "Write the files that make the trunks in an Asterisk, and say what to do with them.") { _plugins, _server, _json });
        config.SetAction(ConfigureAsync);
        var check = locator.AddTo(new Command("check", "Look at the Asterisk servers step by step: login, version, modules, dialplan, folder, endpoints.") { _server, _json });
        check.SetAction(CheckAsync);
        return new Command("asterisk", "Let trunks go over an Asterisk.") { config, check };
    }

    private async Task<int> ConfigureAsync(ParseResult parsed, CancellationToken cancel)
    {
        var request = Request(parsed);
        if (parsed.GetValue(_plugins) is { Length: > 0 } plugins) request["plugins"] = new JsonArray([.. plugins.Select(id => JsonValue.Create(id))]);
        var written = await AskAsync(parsed, "/asterisk/config", request, cancel);
        if (parsed.GetValue(_json)) Console.WriteLine(JsonSerializer.Serialize(written, Indented));
        else Write(written);
        return ExitCode.Delivered;
    }

    private async Task<int> CheckAsync(ParseResult parsed, CancellationToken cancel)
    {
        var result = await AskAsync(parsed, "/asterisk/check", Request(parsed), cancel);
        if (parsed.GetValue(_json)) Console.WriteLine(JsonSerializer.Serialize(result, Indented));
        else CheckText.Write(result);
        return result.GetProperty("ok").GetBoolean() ? ExitCode.Delivered : ExitCode.NotDelivered;
    }

    private JsonObject Request(ParseResult parsed) => parsed.GetValue(_server) is { } server ? new JsonObject { ["server"] = server } : [];

    private async Task<JsonElement> AskAsync(ParseResult parsed, string path, JsonObject request, CancellationToken cancel)
    {
        using var client = locator.Find(parsed).Connect();
        return await client.SendJsonAsync(HttpMethod.Post, path, request.Deserialize<JsonElement>(), cancel);
    }

    private static void Write(JsonElement written)
    {
        foreach (var file in written.GetProperty("files").EnumerateArray())
        {
            Console.WriteLine(file.GetProperty("path").GetString());
            Console.WriteLine($"    in {file.GetProperty("include_in").GetString()}: {file.GetProperty("include_line").GetString()}");
        }

        foreach (var step in written.GetProperty("next").EnumerateArray()) Console.WriteLine(step.GetString());
    }
}
