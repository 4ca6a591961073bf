using System.CommandLine;
using System.Text.Json;
using Faxbot.Cli.Gateways;
using Faxbot.Cli.Output;

namespace Faxbot.Cli.Commands;

/// <summary><c>faxbot status</c>, <c>list</c> and <c>cancel</c>: what became of faxes.</summary>
internal sealed class FaxCommands(GatewayLocator locator)
{
    private static readonly string[] Columns = ["id", "state", "to", "pages_confirmed", "pages", "backend", "created_at"];
    private readonly Argument<string> _id = new("ID") { Description = "The fax's id, as 'send' and 'list' show it." };
    private readonly Option<bool> _json = ViewOption.Create();

    public IEnumerable<Command> Create()
    {
        var status = locator.AddTo(new Command("status", "Say what became of a fax, call by call.") { _id, _json });
        status.SetAction(StatusAsync);
        yield return status;

        var state = new Option<string?>("--state") { Description = "Only faxes in that state: queued, in_progress, success, failed, cancelled, unknown.", HelpName = "STATE" };
        var limit = new Option<int>("--limit") { Description = "At most so many.", DefaultValueFactory = _ => 20 };
        var list = locator.AddTo(new Command("list", "List faxes, the newest first.") { state, limit, _json });
        list.SetAction((parsed, cancel) => ListAsync(parsed, parsed.GetValue(state), parsed.GetValue(limit), cancel));
        yield return list;

        var stop = locator.AddTo(new Command("cancel", "Ask for the end of a fax; pages that went are not taken back.") { _id, _json });
        stop.SetAction(CancelAsync);
        yield return stop;
    }

    private async Task<int> StatusAsync(ParseResult parsed, CancellationToken cancel)
    {
        using var client = locator.Find(parsed).Connect();
        var id = parsed.GetRequiredValue(_id);
        if (parsed.GetValue(_json))
        {
            Console.WriteLine((await client.GetJsonAsync($"/fax/{Uri.EscapeDataString(id)}", cancel)).GetRawText());
            return ExitCode.Delivered;
        }

        var fax = await client.GetAsync(id, cancel);
        Console.WriteLine(FaxText.Headline(fax));
        foreach (var line in FaxText.Details(fax)) Console.WriteLine("  " + line);
        foreach (var attempt in (await client.GetJsonAsync($"/fax/{Uri.EscapeDataString(id)}/attempts", cancel)).EnumerateArray()) Write(attempt);
        return ExitCode.Delivered;
    }

    private async Task<int> ListAsync(ParseResult parsed, string? state, int limit, CancellationToken cancel)
    {
        using var client = locator.Find(parsed).Connect();
        var path = $"/fax?limit={limit}{(state is null ? "" : "&state=" + Uri.EscapeDataString(state))}";
        var page = await client.GetJsonAsync(path, cancel);
        Rows.Write([.. page.GetProperty("faxes").EnumerateArray()], Columns, parsed.GetValue(_json));
        return ExitCode.Delivered;
    }

    private async Task<int> CancelAsync(ParseResult parsed, CancellationToken cancel)
    {
        using var client = locator.Find(parsed).Connect();
        var fax = await client.CancelAsync(parsed.GetRequiredValue(_id), cancel);
        Console.WriteLine(fax.IsFinal ? FaxText.Headline(fax) : "asked to end");
        return ExitCode.Delivered;
    }

    private static void Write(JsonElement attempt)
    {
        var outcome = attempt.TryGetProperty("outcome", out var ended) && ended.ValueKind == JsonValueKind.Object ? ended.GetProperty("sentence").GetString() : "under way";
        Console.WriteLine($"  attempt {attempt.GetProperty("number")} by {attempt.GetProperty("backend").GetString()}: {outcome}");
    }
}
