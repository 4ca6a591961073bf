using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Faxbot.Cli.Gateways;
using Faxbot.Cli.Output;

namespace Faxbot.Cli.Commands;

/// <summary>What brings plugins onto the gateway and takes them away: <c>faxbot plugin install</c>, <c>upgrade</c>, <c>rollback</c>, <c>uninstall</c>, <c>search</c>, <c>sources</c>.</summary>
internal sealed class PluginInstallCommands(GatewayLocator locator)
{
    private const string Plugins = "/plugins";
    private static readonly string[] SourceColumns = ["source", "kind"], FoundColumns = ["id", "version", "is_installed", "source", "description"];
    private readonly Option<bool> _json = ViewOption.Create();
    private readonly Argument<string> _id = new("PLUGIN") { Description = "The plugin's id, such as faxbot-sip-flowroute." };
    private readonly Option<string?> _version = new("--version") { Description = "The version; the newest release when left out.", HelpName = "V" };
    private readonly Option<string?> _source = new("--source") { Description = "The feed or folder, one of the gateway's plugins.sources; each of them in turn when left out.", HelpName = "FEED-OR-FOLDER" };

    public IEnumerable<Command> Create()
    {
        yield return Search();
        yield return Install();
        yield return Change("upgrade", "Install the newest version beside the one that runs, and let it take over.", [_version, _source], "runs from now on as version");
        yield return Change("rollback", "Go back to the version that ran before.", [], "is back at version");
        yield return Uninstall();
        yield return Sources();
    }

    private Command Install()
    {
        var package = new Argument<string>("PACKAGE") { Description = "The NuGet package, such as Faxbot.Sip.Flowroute." };
        var install = locator.AddTo(new Command("install", "Install a plugin from a feed or a folder.") { package, _version, _source });
        install.SetAction(async (parsed, cancel) =>
        {
            using var client = locator.Find(parsed).Connect();
            var body = Wanted(parsed);
            body["id"] = parsed.GetRequiredValue(package);
            var plugin = await client.SendJsonAsync(HttpMethod.Post, Plugins, body.Deserialize<JsonElement>(), cancel);
            var id = plugin.GetProperty("id").GetString();
            Console.WriteLine($"installed {id} {plugin.GetProperty("version").GetString()} from {plugin.GetProperty("source").GetString()}");
            Console.WriteLine($"next: faxbot plugin configure {id}");
            return ExitCode.Delivered;
        });
        return install;
    }

    private Command Change(string name, string description, Option[] options, string done)
    {
        var change = locator.AddTo(new Command(name, description) { _id });
        foreach (var option in options) change.Options.Add(option);
        change.SetAction(async (parsed, cancel) =>
        {
            using var client = locator.Find(parsed).Connect();
            var before = (await client.GetJsonAsync(Address(parsed), cancel)).GetProperty("version").GetString();
            JsonElement? body = options.Length == 0 ? null : Wanted(parsed).Deserialize<JsonElement>();
            var after = (await client.SendJsonAsync(HttpMethod.Post, $"{Address(parsed)}/{name}", body, cancel)).GetProperty("version").GetString();
            Console.WriteLine(after == before ? $"{parsed.GetValue(_id)} stays at version {after}: no source has a newer one" : $"{parsed.GetValue(_id)} {done} {after}; it was {before}");
            return ExitCode.Delivered;
        });
        return change;
    }

    private Command Uninstall()
    {
        var uninstall = locator.AddTo(new Command("uninstall", "Remove a plugin; faxes under way end, and its settings stay for the case that it comes again.") { _id });
        uninstall.SetAction(async (parsed, cancel) =>
        {
            using var client = locator.Find(parsed).Connect();
            await client.SendJsonAsync(HttpMethod.Delete, Address(parsed), null, cancel);
            return ExitCode.Delivered;
        });
        return uninstall;
    }

    private Command Search()
    {
        var words = new Argument<string>("WORDS") { Description = "Part of a name or a description." };
        var search = locator.AddTo(new Command("search", "Look for plugins, installed and offered by the sources.") { words, _json });
        search.SetAction((parsed, cancel) => ListAsync(parsed, $"/plugin-registry?query={Uri.EscapeDataString(parsed.GetRequiredValue(words))}", FoundColumns, cancel));
        return search;
    }

    private Command Sources()
    {
        var sources = locator.AddTo(new Command("sources", "List the feeds and folders that the gateway installs from (plugins.sources of its configuration).") { _json });
        sources.SetAction((parsed, cancel) => ListAsync(parsed, "/plugin-sources", SourceColumns, cancel));
        return sources;
    }

    private async Task<int> ListAsync(ParseResult parsed, string path, string[] columns, CancellationToken cancel)
    {
        using var client = locator.Find(parsed).Connect();
        Rows.Write([.. (await client.GetJsonAsync(path, cancel)).EnumerateArray()], columns, parsed.GetValue(_json));
        return ExitCode.Delivered;
    }

    // A folder is meant as the user sees it from where he is.
    private JsonObject Wanted(ParseResult parsed)
    {
        var wanted = new JsonObject();
        if (parsed.GetValue(_version) is { } version) wanted["version"] = version;
        if (parsed.GetValue(_source) is { } source) wanted["source"] = Directory.Exists(source) ? Path.GetFullPath(source) : source;
        return wanted;
    }

    private string Address(ParseResult parsed) => $"{Plugins}/{Uri.EscapeDataString(parsed.GetRequiredValue(_id))}";
}
