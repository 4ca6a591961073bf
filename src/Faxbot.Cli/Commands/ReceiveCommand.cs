using System.CommandLine;
using System.Net;
using Faxbot.Cli.Calls;
using Faxbot.Cli.Output;
using Faxbot.Fax.T30;
using Faxbot.Lines.Embedded;

namespace Faxbot.Cli.Commands;

/// <summary><c>faxbot receive</c>: answers calls and keeps each fax as a PDF.</summary>
internal sealed class ReceiveCommand
{
    private readonly Option<int> _port = CheckedOption.Number(
        "--port", "The UDP port for SIP; 0 takes any free one.", "PORT", 0, 65535, "a UDP port from 0 to 65535");

    private readonly Option<string> _out = new("--out") { Description = "The folder for received faxes.", HelpName = "DIR", Required = true };
    private readonly Option<string?> _bind = new("--bind") { Description = "The address to listen on; all when left out.", HelpName = "ADDRESS" };
    private readonly Option<string?> _public = new("--public-address") { Description = "The address that the far end sees, behind NAT.", HelpName = "ADDRESS" };
    private readonly Option<string?> _identity = new("--identity") { Description = "The name of this station in the fax session (CSI).", HelpName = "TEXT" };
    private readonly Option<string> _ecm = CheckedOption.OneOf("--ecm", "Offer error correction.", ["on", "off"]);
    private readonly Option<bool> _once = new("--once") { Description = "End after the first call." };
    private readonly Option<bool> _json = ViewOption.Create();

    public static Command Create()
    {
        var receive = new ReceiveCommand();
        receive._port.DefaultValueFactory = _ => 5060;
        var command = new Command("receive", "Answer calls and keep each fax as a PDF, until Ctrl-C.")
        {
            receive._port, receive._out, receive._bind, receive._public, receive._identity, receive._ecm, receive._once, receive._json,
        };
        command.SetAction(receive.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var view = parsed.GetValue(_json) ? (ICallView)new JsonView(Console.Out) : new TextView(Console.Out);
        var folder = parsed.GetRequiredValue(_out);
        ReceiveFolder.Check(folder);
        var receiver = new ReceiverOptions { Identity = parsed.GetValue(_identity) };
        var running = new RunningCalls(view);
        await using var line = LineOpener.Open(
            new EmbeddedLineOptions
            {
                Bind = new IPEndPoint(parsed.GetValue(_bind) is { } bind ? LineOpener.ParseAddress("--bind", bind) : IPAddress.Any, parsed.GetValue(_port)),
                PublicAddress = parsed.GetValue(_public) is { } address ? LineOpener.ParseAddress("--public-address", address) : null,
                Receiver = receiver with { Capabilities = receiver.Capabilities with { Ecm = parsed.GetValue(_ecm) == "on" } },
            },
            _ => running.Accept(folder));
        view.Note($"listening for SIP on {line.LocalEndPoint}, faxes go to {Path.GetFullPath(folder)}; Ctrl-C ends");
        await running.WaitAsync(parsed.GetValue(_once), cancel);
        await line.DisposeAsync();
        await running.FinishAsync();
        return ExitCode.Delivered;
    }
}
