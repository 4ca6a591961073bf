using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Faxbot.Cli.Gateways;
using Faxbot.Cli.Settings;

namespace Faxbot.Cli.Commands;

/// <summary><c>faxbot plugin configure</c>: takes settings from answers, options or a file, lets the plugin try them, and saves them.</summary>
internal sealed class PluginConfigureCommand(GatewayLocator locator)
{
    private const string StandardInput = "-";
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly Argument<string> _id = new("PLUGIN") { Description = "The plugin's id, such as faxbot-sip." };
    private readonly Argument<string?> _file = new("FILE")
    {
        Description = "All of the settings as JSON; - reads standard input. Masked secrets stay as they are.", Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string[]> _set = new("--set") { Description = "One setting, such as host=sip.provider.example; repeat it.", HelpName = "PATH=VALUE" };
    private readonly Option<string[]> _secret = new("--secret") { Description = "One secret from a file, or with - from standard input; repeat it.", HelpName = "PATH=FILE" };
    private readonly Option<bool> _enable = new("--enable") { Description = "Let it carry faxes from now on." };
    private readonly Option<bool> _noCheck = new("--no-check") { Description = "Save without letting the plugin try it." };

    public Command Create()
    {
        var configure = locator.AddTo(new Command("configure", "Set a plugin: asks for what it needs, tries it live, and saves it.") { _id, _file, _set, _secret, _enable, _noCheck });
        configure.SetAction(RunAsync);
        return configure;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        using var client = locator.Find(parsed).Connect();
        var plugin = new PluginResource(client, parsed.GetRequiredValue(_id));
        var config = await plugin.ReadConfigAsync(cancel);
        var schema = new SettingsSchema(await plugin.ReadSchemaAsync(cancel));
        var questions = IsToAsk(parsed) ? new SettingsQuestions(schema, AnswerLine.Read, AnswerLine.ReadSecret, Console.Out) : null;
        var settings = parsed.GetValue(_file) is { } file ? Parse(file, ReadText(file)) : (JsonObject)config["settings"]!.DeepClone();
        questions?.Fill(settings);
        foreach (var (path, value) in parsed.GetValue(_set)!.Select(Split)) SettingsTree.Set(settings, path, schema.Find(path)?.Read(value) ?? SettingField.Guess(value));
        foreach (var (path, source) in parsed.GetValue(_secret)!.Select(Split)) SettingsTree.Set(settings, path, JsonValue.Create(ReadText(source).TrimEnd('\r', '\n')));
        if (!parsed.GetValue(_noCheck) && !await plugin.CheckAsync(settings, cancel) && questions?.Confirm("Save it all the same?", otherwise: false) != true)
        {
            Console.WriteLine("nothing was saved");
            return ExitCode.NotDelivered;
        }

        config["settings"] = settings;
        if (parsed.GetValue(_enable) || (!config["enabled"]!.GetValue<bool>() && questions?.Confirm("Let it carry faxes from now on?", otherwise: true) == true)) config["enabled"] = true;
        return await plugin.SaveAsync(config, cancel);
    }

    private bool IsToAsk(ParseResult parsed) => parsed.GetValue(_file) is null && parsed.GetValue(_set) is { Length: 0 } && parsed.GetValue(_secret) is { Length: 0 };

    private static (string Path, string Value) Split(string option)
    {
        var at = option.IndexOf('=', StringComparison.Ordinal);
        return at > 0 ? (option[..at], option[(at + 1)..]) : throw new BadInputException($"{option}: write PATH=VALUE, such as host=sip.provider.example.");
    }

    private static JsonObject Parse(string file, string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: Lenient) as JsonObject ?? throw new BadInputException($"{file}: the settings are an object.");
        }
        catch (JsonException wrong)
        {
            throw new BadInputException($"{file}: {wrong.Message}");
        }
    }

    private static string ReadText(string file)
    {
        try
        {
            return file == StandardInput ? Console.In.ReadToEnd() : File.ReadAllText(file);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{file}: {unreadable.Message}");
        }
    }
}
