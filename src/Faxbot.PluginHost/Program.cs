using System.Runtime.InteropServices;
using Faxbot.PluginHost;

if (args is not [var folder])
{
    await Console.Error.WriteLineAsync("Faxbot.PluginHost FOLDER: runs the plugin whose package lies in that folder for a gateway that speaks with it over standard input and output.");
    return 2;
}

// Standard output belongs to the protocol: what a plugin prints goes to the log.
await using var input = Console.OpenStandardInput();
await using var output = Console.OpenStandardOutput();
Console.SetOut(Console.Error);
// Ctrl-C in a terminal is for the gateway, which then ends its plugins in order.
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);

await using var session = new HostSession(folder, input, output);
var code = await session.RunAsync();
// Not by returning: threads that the plugin left behind do not keep the process.
Environment.Exit(code);
return code;
