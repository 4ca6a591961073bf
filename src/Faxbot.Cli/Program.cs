using System.CommandLine;
using Faxbot.Cli;
using Faxbot.Cli.Commands;
using Faxbot.Cli.Gateways;
using Faxbot.Cli.Output;
using Faxbot.Client;

var locator = new GatewayLocator(Environment.GetEnvironmentVariable);
var root = new RootCommand("""
    Faxbot sends and receives faxes over SIP with T.38.

    Try it:   faxbot send letter.pdf                        (to the built-in sandbox, on this machine)
              faxbot send letter.pdf --to sip:5550199@pbx.example --from 5550100
              faxbot send letter.pdf --to +15550199 --trunk trunk.json
              faxbot up                                     (the gateway: API, queue, plugins; then:)
              faxbot send letter.pdf --to +15550199         (through the gateway, which tries again as need be)
              faxbot list
              faxbot receive --port 5060 --out inbox
              faxbot render letter.pdf -o page.png          (the very bits that would be sent)

    Exit codes: 0 delivered, 1 not delivered, 2 wrong input, 3 partly delivered, 4 not known, 130 interrupted.
    """)
{
    SendCommand.Create(locator),
    ReceiveCommand.Create(),
    RenderCommand.Create(),
    UpCommand.Create(),
    new InboxCommand(locator).Create(),
    new PluginsCommand(locator).Create(),
    new TrunkCommand(locator).Create(),
    new AsteriskCommand(locator).Create(),
    new MessageCommand(locator).Create(),
    OptOutsCommand.Create(locator),
    RoutesCommand.Create(locator),
    KeysCommand.Create(locator),
    KeyRingCommand.Create(locator),
    ConfigCommand.Create(),
};
foreach (var command in new FaxCommands(locator).Create()) root.Subcommands.Add(command);

TeachingHelp.AddTo(root, Examples.ByCommand);

var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    if (parsed.CommandResult.Command == root)
    {
        var what = parsed.UnmatchedTokens is [var word, ..] ? $"{word} is not a command" : "a command is missing";
        Console.Error.WriteLine($"faxbot: {what}: give {string.Join(", ", root.Subcommands.SkipLast(1).Select(c => c.Name))} or {root.Subcommands[^1].Name}.");
    }
    else
    {
        foreach (var error in parsed.Errors) Console.Error.WriteLine($"faxbot: {error.Message}");
    }

    Console.Error.WriteLine($"faxbot: see 'faxbot {(parsed.CommandResult.Command == root ? "" : parsed.CommandResult.Command.Name + " ")}--help'.");
    return ExitCode.BadInput;
}

try
{
    // A call needs a moment to end in order: DCN, then BYE.
    return await parsed.InvokeAsync(new InvocationConfiguration
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = TimeSpan.FromSeconds(15),
    });
}
catch (BadInputException wrong)
{
    Console.Error.WriteLine($"faxbot: {wrong.Message}");
    return ExitCode.BadInput;
}
catch (FaxbotException refused)
{
    Console.Error.WriteLine($"faxbot: {refused.Message}");
    return refused.Status is System.Net.HttpStatusCode.Unauthorized or System.Net.HttpStatusCode.Forbidden or >= System.Net.HttpStatusCode.InternalServerError
        ? ExitCode.NotDelivered
        : ExitCode.BadInput;
}
catch (HttpRequestException unreachable)
{
    Console.Error.WriteLine($"faxbot: the gateway cannot be reached: {unreachable.Message} Start it with 'faxbot up', or name another with --gateway.");
    return ExitCode.NotDelivered;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("faxbot: interrupted.");
    return ExitCode.Interrupted;
}
