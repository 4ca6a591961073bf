using System.CommandLine;
using Faxbot.Cli.Gateways;

namespace Faxbot.Cli.Commands;

/// <summary><c>faxbot config</c>: checks a configuration, or writes one that explains itself.</summary>
internal static class ConfigCommand
{
    public static Command Create()
    {
        var file = new Argument<string?>("FILE") { Description = "The configuration file; FAXBOT_CONFIG when left out.", Arity = ArgumentArity.ZeroOrOne };
        var check = new Command("check", "Read the configuration and say all that is wrong with it at once.") { file };
        check.SetAction((parsed, cancel) => ServerProcess.RunAsync(["config", "check", .. Named(parsed.GetValue(file))], cancel));
        var sample = new Command("sample", "Write a configuration file with every key, its default and what it means.");
        sample.SetAction((_, cancel) => ServerProcess.RunAsync(["config", "sample"], cancel));
        return new Command("config", "Check or write the gateway's configuration.") { check, sample };
    }

    private static string[] Named(string? file) => file is null ? [] : ["--config", file];
}
