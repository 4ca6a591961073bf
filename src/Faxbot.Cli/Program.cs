using System.CommandLine;
using Faxbot.Cli;
using Faxbot.Cli.Commands;
using Faxbot.Cli.Output;

var root = new RootCommand("""
    Faxbot sends and receives faxes over SIP with T.38.

    Try it:   faxbot send letter.pdf                        (to the built-in sandbox, on this machine)
              faxbot send letter.pdf --to sip:5550199@pbx.example --from 5550100
              faxbot send letter.pdf --to +15550199 --trunk trunk.json
              faxbot receive --port 5060 --out inbox
              faxbot render letter.pdf -o page.png          (the very bits that would be sent)

    Exit codes: 0 delivered, 1 not delivered, 2 wrong input, 3 partly delivered, 4 not known, 130 interrupted.
    """)
{
    SendCommand.Create(),
    ReceiveCommand.Create(),
    RenderCommand.Create(),
};

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
catch (OperationCanceledException)
{
    Console.Error.WriteLine("faxbot: interrupted.");
    return ExitCode.Interrupted;
}
