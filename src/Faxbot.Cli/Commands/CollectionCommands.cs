using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Faxbot.Cli.Gateways;
using Faxbot.Cli.Output;

namespace Faxbot.Cli.Commands;

/// <summary>Commands that list a collection of the API, add to it and delete from it.</summary>
/// <param name="locator">Finds the gateway.</param>
/// <param name="path">The collection.</param>
/// <param name="columns">What is shown of each member.</param>
internal sealed class CollectionCommands(GatewayLocator locator, string path, IReadOnlyList<string> columns)
{
    /// <summary>Lists all members.</summary>
    public Command List(string name, string description)
    {
        var json = ViewOption.Create();
        return WithAction(new Command(name, description) { json }, async (client, parsed, cancel) =>
            Rows.Write([.. (await client.GetJsonAsync(path, cancel)).EnumerateArray()], columns, parsed.GetValue(json)));
    }

    /// <summary>Adds what <paramref name="read"/> makes of the command line, and writes the field <paramref name="shown"/> of the answer.</summary>
    public Command Add(Command command, Func<ParseResult, JsonObject> read, string shown) => Post(command, _ => path, read, shown);

    /// <summary>Does something to one member, and writes the field <paramref name="shown"/> of the answer.</summary>
    public Command Act(string name, string description, Argument<string> member, string shown) =>
        Post(new Command(name, description) { member }, parsed => $"{PathOf(parsed, member)}/{name}", _ => [], shown);

    /// <summary>Deletes one member.</summary>
    public Command Delete(string name, string description, Argument<string> member) => WithAction(
        new Command(name, description) { member }, (client, parsed, cancel) => client.SendJsonAsync(HttpMethod.Delete, PathOf(parsed, member), null, cancel));

    private Command Post(Command command, Func<ParseResult, string> target, Func<ParseResult, JsonObject> read, string shown) =>
        WithAction(command, async (client, parsed, cancel) =>
        {
            var answer = await client.SendJsonAsync(HttpMethod.Post, target(parsed), read(parsed).Deserialize<JsonElement>(), cancel);
            Console.WriteLine(answer.GetProperty(shown).GetString());
        });

    private Command WithAction(Command command, Func<Faxbot.Client.FaxbotClient, ParseResult, CancellationToken, Task> act)
    {
        command.SetAction(async (parsed, cancel) =>
        {
            using var client = locator.Find(parsed).Connect();
            await act(client, parsed, cancel);
            return ExitCode.Delivered;
        });
        return locator.AddTo(command);
    }

    private string PathOf(ParseResult parsed, Argument<string> member) => $"{path}/{Uri.EscapeDataString(parsed.GetRequiredValue(member))}";
}
