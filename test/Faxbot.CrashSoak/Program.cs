using Faxbot.CrashSoak;
using Faxbot.Testing;

// `soak crash`, `soak shared` and `soak messages` from the launcher: exit 0 when the gateway kept its word, 1 when not, 2 wrong words.
if (CrashOptions.TryParse(args) is not { } options)
{
    Console.Error.WriteLine(CrashOptions.Usage);
    return 2;
}

if (options.Messages)
{
    var messages = await new MessagesRun(options, Console.Out).RunAsync();
    Console.WriteLine(messages);
    return messages.Findings.Count == 0 ? 0 : 1;
}

await DebianPackages.EnsureAsync("poppler-utils", "fonts-dejavu-core");
var report = options.Shared is { } faxes ? await new SharedRun(faxes, Console.Out).RunAsync() : await new CrashRun(options, Console.Out).RunAsync();
Console.WriteLine(report);
return report.Findings.Count == 0 ? 0 : 1;
