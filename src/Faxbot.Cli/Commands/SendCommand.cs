using System.CommandLine;
using System.Globalization;
using System.Net;
using Faxbot.Cli.Calls;
using Faxbot.Cli.Gateways;
using Faxbot.Cli.Output;
using Faxbot.Lines;
using Faxbot.Lines.Embedded;

namespace Faxbot.Cli.Commands;

/// <summary><c>faxbot send</c>: documents to a number, a SIP address or the built-in sandbox.</summary>
internal sealed class SendCommand
{
    private readonly RenderSettings _render = new();
    private readonly Option<string?> _to = new("--to")
    {
        Description = "Who receives: a number, which the gateway calls (or this command itself, with --trunk), or sip:USER@HOST[:PORT]. Without it the built-in sandbox on this machine receives.",
        HelpName = "NUMBER|sip:URI",
    };

    private readonly Option<string?> _trunk = new("--trunk") { Description = "The SIP trunk to call over: a JSON trunk profile.", HelpName = "FILE" };
    private readonly Option<string?> _from = new("--from") { Description = "The caller's number; also the station's name in the fax session.", HelpName = "NUMBER" };
    private readonly Option<string> _ecm = CheckedOption.OneOf("--ecm", "Error correction, where the far end has it.", ["on", "off"]);
    private readonly Option<string> _maxRate = CheckedOption.OneOf(
        "--max-rate", "The highest rate in bit/s: 14400, 12000, 9600, 7200, 4800 or 2400.",
        ["14400", "12000", "9600", "7200", "4800", "2400"], helpName: "BPS");

    private readonly Option<int> _firstPage = CheckedOption.Number(
        "--first-page", "The page to begin with.", "N", 1, int.MaxValue, "the number of a page, counted from 1");

    private readonly Option<string?> _subaddress = new("--subaddress") { Description = "A subaddress at the receiver (SUB).", HelpName = "DIGITS" };
    private readonly Option<string?> _trace = new("--trace") { Description = "Write time, direction and content of each control frame.", HelpName = "FILE.jsonl" };
    private readonly Option<string?> _out = new("--out") { Description = "Sandbox: the folder for the received PDF.", HelpName = "DIR" };
    private readonly Option<bool> _paced = new("--paced") { Description = "Sandbox: send at the speed of a telephone line, not as fast as it goes." };
    private readonly Option<string?> _bind = new("--bind") { Description = "The address of this machine to call from.", HelpName = "ADDRESS" };
    private readonly Option<string?> _public = new("--public-address") { Description = "The address that the far end sees, behind NAT.", HelpName = "ADDRESS" };
    private readonly Option<bool> _json = ViewOption.Create();

    private readonly GatewayLocator _locator;

    private SendCommand(GatewayLocator locator) => _locator = locator;

    public static Command Create(GatewayLocator locator)
    {
        var send = new SendCommand(locator);
        var command = new Command("send", "Send documents as one fax. Without --to, the built-in sandbox on this machine receives it.");
        send._render.AddTo(command);
        foreach (Option option in new Option[]
        {
            send._to, send._trunk, send._from, send._ecm, send._maxRate, send._firstPage, send._subaddress, send._trace, send._out,
            send._paced, send._bind, send._public, send._json,
        })
        {
            command.Options.Add(option);
        }

        locator.AddTo(command);
        send._firstPage.DefaultValueFactory = _ => 1;
        CheckedOption.Refuse(send._from, text => PhoneDigits.Read(text) is null ? "a number is digits, with an optional + in front, such as +15551234567" : null);
        // SUB has room for twenty characters of a telephone's keys.
        CheckedOption.Refuse(send._subaddress, text => text.Length is > 0 and <= 20 && text.All(c => char.IsAsciiDigit(c) || c is '#' or '*' or ' ')
            ? null
            : "give up to 20 digits, # or *");
        command.SetAction(send.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var view = ViewOption.Choose(parsed.GetValue(_json));
        var to = parsed.GetValue(_to);
        if (to is null && parsed.GetValue(_trunk) is not null) throw new BadInputException("--trunk needs --to NUMBER: whom to call over it.");
        var destination = to is null ? null : Destination.Parse(to, parsed.GetValue(_trunk));
        if (to is not null && destination is null) return await SendByGatewayAsync(parsed, Destination.ParseNumber(to), cancel);
        var options = _render.Read(parsed, Caller(parsed), destination?.Number ?? "sandbox", to is null ? "Faxbot" : null);
        using var rendered = await RenderedFile.CreateAsync(_render.Documents(parsed), options, cancel);
        foreach (var warning in rendered.Outcome.Warnings) view.Note(warning);
        var first = parsed.GetValue(_firstPage);
        var pages = rendered.Document.PageCount;
        if (first > pages) throw new BadInputException($"--first-page {first}: the document has {pages} page{(pages == 1 ? "" : "s")}, counted from 1.");
        using var trace = TraceFile.Create(parsed.GetValue(_trace));
        return destination is null
            ? await SendToSandboxAsync(parsed, view, rendered, trace, cancel)
            : await SendAsync(parsed, view, rendered, destination, trace, cancel);
    }

    private async Task<int> SendAsync(
        ParseResult parsed, ICallView view, RenderedFile rendered, Destination destination, TraceFile? trace, CancellationToken cancel)
    {
        var bind = parsed.GetValue(_bind) is { } text ? LineOpener.ParseAddress("--bind", text) : destination.AnyAddress;
        await using var line = LineOpener.Open(new EmbeddedLineOptions
        {
            Bind = new IPEndPoint(bind, 0),
            PublicAddress = parsed.GetValue(_public) is { } address ? LineOpener.ParseAddress("--public-address", address) : null,
        });
        view.Note($"{Pages(rendered)} to {destination.Number} by {destination.Trunk.Servers[0].Host}");
        var outcome = await FollowAsync(view, line, Fax(parsed, rendered, destination), trace, cancel);
        view.Finish(outcome, sending: true, null);
        return cancel.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Of(outcome);
    }

    // The gateway draws the pages itself; only where several files are to be one fax are they drawn here.
    private async Task<int> SendByGatewayAsync(ParseResult parsed, string number, CancellationToken cancel)
    {
        var documents = _render.Documents(parsed);
        using var rendered = documents.Count > 1
            ? await RenderedFile.CreateAsync(documents, _render.Read(parsed, Caller(parsed), number), cancel)
            : null;
        await using var document = OpenDocument(rendered?.Path ?? documents[0].Path);
        var fax = _render.Describe(parsed, drawn: rendered is not null) with
        {
            To = number,
            Document = document,
            FileName = Path.GetFileName(documents[0].Path),
            From = Caller(parsed),
            Ecm = parsed.GetValue(_ecm) == "on",
            MaxRate = int.Parse(parsed.GetRequiredValue(_maxRate), CultureInfo.InvariantCulture),
            Subaddress = parsed.GetValue(_subaddress),
        };
        return await new GatewaySend(_locator, Console.Out, parsed.GetValue(_json)).RunAsync(_locator.TryFind(parsed), fax, cancel);
    }

    private static FileStream OpenDocument(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{path} cannot be read: {unreadable.Message}");
        }
    }

    private async Task<int> SendToSandboxAsync(ParseResult parsed, ICallView view, RenderedFile rendered, TraceFile? trace, CancellationToken cancel)
    {
        await using var sandbox = Sandbox.Open(parsed.GetValue(_out), parsed.GetValue(_paced));
        await using var line = LineOpener.Open(new EmbeddedLineOptions { Bind = new IPEndPoint(IPAddress.Loopback, 0) });
        view.Note($"{Pages(rendered)} to the sandbox on this machine, over SIP and T.38 on loopback");
        var outcome = await FollowAsync(view, line, Fax(parsed, rendered, sandbox.Destination), trace, cancel);
        view.Finish(outcome, sending: true, await sandbox.FinishAsync());
        return cancel.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Of(outcome);
    }

    private static async Task<Sdk.Outcomes.FaxOutcome> FollowAsync(
        ICallView view, EmbeddedLine line, OutboundFax fax, TraceFile? trace, CancellationToken cancel)
    {
        var call = line.Originate(fax);
        // Ctrl-C: the call is ended in order, and what was reached is shown.
        await using var cancelling = cancel.Register(call.Cancel);
        await view.FollowAsync(call, fax.Document.PageCount - fax.FirstPage, trace);
        return await call.Completion;
    }

    private OutboundFax Fax(ParseResult parsed, RenderedFile rendered, Destination destination) => new()
    {
        Trunk = destination.Trunk,
        To = destination.Number,
        From = Caller(parsed),
        Document = rendered.Document,
        FirstPage = parsed.GetValue(_firstPage) - 1,
        Subaddress = parsed.GetValue(_subaddress),
        Ecm = parsed.GetValue(_ecm) == "on",
        MaxBitRate = int.Parse(parsed.GetRequiredValue(_maxRate), CultureInfo.InvariantCulture),
    };

    private string? Caller(ParseResult parsed) => parsed.GetValue(_from) is { } from ? PhoneDigits.Read(from) : null;

    private static string Pages(RenderedFile rendered) => rendered.Document.PageCount == 1 ? "1 page" : $"{rendered.Document.PageCount} pages";
}
