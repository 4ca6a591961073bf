using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Faxbot.Cli.Plugins;

namespace Faxbot.Cli.Commands;

/// <summary><c>faxbot plugin verify</c>: whether a package keeps the contract.</summary>
internal static class PluginVerifyCommand
{
    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("DIR") { Description = "The folder of the package: manifest.json and the assemblies beside it." };
        var settings = new Option<FileInfo?>("--settings") { Description = "Settings as JSON to start the plugin with; made up from its schema when left out.", HelpName = "FILE" };
        var command = new Command("verify", "Check a package on this machine: manifest, schema, contract, personal data in its log. Sends nothing to anybody.") { folder, settings };
        command.SetAction(async (parsed, _) =>
        {
            var package = parsed.GetRequiredValue(folder);
            if (!package.Exists) throw new BadInputException($"{package}: there is no such folder.");
            var verification = new PackageVerification(package.FullName);
            await verification.RunAsync(parsed.GetValue(settings) is { } file ? Read(file) : null);
            foreach (var sentence in verification.Wrong) Console.WriteLine(sentence);
            if (verification.Wrong.Count > 0) return ExitCode.NotDelivered;
            Console.WriteLine($"{verification.Manifest!.Id} {verification.Manifest.Version} keeps the contract: manifest, schema, process and log are as they must be.");
            return ExitCode.Delivered;
        });
        return command;
    }

    private static JsonObject Read(FileInfo file)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(file.FullName)) as JsonObject ?? throw new BadInputException($"{file}: settings are a JSON object.");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new BadInputException($"{file}: {unreadable.Message}");
        }
    }
}
