using System.CommandLine;
using Faxbot.Cli.Gateways;
using Faxbot.Cli.Output;
using Faxbot.Client.Messages;

namespace Faxbot.Cli.Commands;

/// <summary><c>faxbot message</c>: sends text messages, and says what became of them.</summary>
internal sealed class MessageCommand(GatewayLocator locator)
{
    private static readonly string[] Columns = ["id", "direction", "state", "from", "to", "segments", "backend", "created_at"];
    private readonly Argument<string> _id = new("ID") { Description = "The message's id, as 'message send' and 'message list' show it." };
    private readonly Option<bool> _json = ViewOption.Create();

    public Command Create()
    {
        var status = locator.AddTo(new Command("status", "Say what became of a message, attempt by attempt.") { _id, _json });
        status.SetAction(StatusAsync);
        var cancel = locator.AddTo(new Command("cancel", "Ask for the end of a message; what a provider has is not called back.") { _id });
        cancel.SetAction(CancelAsync);
        return new Command("message", "Send text messages, and see what became of them.") { CreateSend(), status, CreateList(), cancel };
    }

    private Command CreateSend()
    {
        var text = new Argument<string>("TEXT") { Description = "The text; - reads it from standard input." };
        var to = new Option<string>("--to") { Description = "Who receives, such as +15550199.", Required = true, HelpName = "NUMBER" };
        var from = new Option<string?>("--from") { Description = "Who sends: a number, a short code or a name; the plugin's settings say it when left out.", HelpName = "NUMBER" };
        var plugin = new Option<string?>("--plugin") { Description = "The plugin that must carry it; the routes choose when left out.", HelpName = "PLUGIN" };
        var at = new Option<DateTimeOffset?>("--at") { Description = "Not before, such as 2026-03-02T09:00:00Z.", HelpName = "INSTANT" };
        var key = new Option<string?>("--idempotency-key") { Description = "Your own name for the request: sent again with it, the message is sent once.", HelpName = "KEY" };
        var send = locator.AddTo(new Command("send", "Send a text message through the gateway.") { text, to, from, plugin, at, key });
        send.SetAction(async (parsed, cancel) =>
        {
            using var client = locator.Find(parsed).Connect();
            var words = parsed.GetRequiredValue(text);
            var submission = new MessageSubmission
            {
                To = parsed.GetRequiredValue(to),
                Text = words == "-" ? await Console.In.ReadToEndAsync(cancel) : words,
                From = parsed.GetValue(from),
                Plugin = parsed.GetValue(plugin),
                SendAt = parsed.GetValue(at),
            };
            Console.WriteLine((await client.SendMessageAsync(submission, parsed.GetValue(key), cancel)).Id);
            return ExitCode.Delivered;
        });
        return send;
    }

    private Command CreateList()
    {
        var state = new Option<string?>("--state") { Description = "Only those in that state: queued, submitting, accepted, sent, delivered, undelivered, cancelled, unknown, received.", HelpName = "STATE" };
        var direction = new Option<string?>("--direction") { Description = "Only outbound or inbound ones.", HelpName = "DIRECTION" };
        var number = new Option<string?>("--number") { Description = "Only those from or to that number.", HelpName = "NUMBER" };
        var limit = new Option<int>("--limit") { Description = "At most so many.", DefaultValueFactory = _ => 20 };
        var list = locator.AddTo(new Command("list", "List messages of both directions, the newest first.") { state, direction, number, limit, _json });
        list.SetAction(async (parsed, cancel) =>
        {
            using var client = locator.Find(parsed).Connect();
            var path = $"/messages?limit={parsed.GetValue(limit)}{Filter("state", parsed.GetValue(state))}{Filter("direction", parsed.GetValue(direction))}{Filter("number", parsed.GetValue(number))}";
            Rows.Write([.. (await client.GetJsonAsync(path, cancel)).GetProperty("messages").EnumerateArray()], Columns, parsed.GetValue(_json));
            return ExitCode.Delivered;
        });
        return list;
    }

    private async Task<int> StatusAsync(ParseResult parsed, CancellationToken cancel)
    {
        using var client = locator.Find(parsed).Connect();
        var id = parsed.GetRequiredValue(_id);
        if (parsed.GetValue(_json))
        {
            Console.WriteLine((await client.GetJsonAsync($"/messages/{Uri.EscapeDataString(id)}", cancel)).GetRawText());
            return ExitCode.Delivered;
        }

        var message = await client.GetMessageAsync(id, cancel);
        Console.WriteLine(message.State);
        if (message.Outcome is { } outcome && message.State is not "delivered") Console.WriteLine($"  {outcome.Sentence} {outcome.Next}".TrimEnd());
        foreach (var attempt in message.Attempts) Console.WriteLine($"  attempt {attempt.Number} by {attempt.Backend}: {attempt.Outcome?.Sentence ?? "under way"}");
        return ExitCode.Delivered;
    }

    private async Task<int> CancelAsync(ParseResult parsed, CancellationToken cancel)
    {
        using var client = locator.Find(parsed).Connect();
        var message = await client.CancelMessageAsync(parsed.GetRequiredValue(_id), cancel);
        Console.WriteLine(message.State == "cancelled" ? message.State : "asked to end");
        return ExitCode.Delivered;
    }

    private static string Filter(string name, string? value) => value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";
}
