using System.CommandLine;
using System.Text.Json;

namespace Faxbot.Cli.Gateways;

/// <summary>
/// Finds the gateway that commands speak with: by <c>--gateway</c> and <c>--key</c>, else by <c>FAXBOT_URL</c> and <c>FAXBOT_API_KEY</c>, else the one of
/// this user on this machine, which writes down where it listens.
/// </summary>
/// <param name="environment">Reads a variable.</param>
internal sealed class GatewayLocator(Func<string, string?> environment)
{
    /// <summary>The variable with a gateway's address.</summary>
    public const string AddressVariable = "FAXBOT_URL";

    /// <summary>The variable with an API key.</summary>
    public const string KeyVariable = "FAXBOT_API_KEY";

    private readonly Option<string?> _address = new("--gateway") { Description = "The gateway's address; the one on this machine when left out.", HelpName = "URL" };
    private readonly Option<string?> _key = new("--key") { Description = "The API key; FAXBOT_API_KEY, or this user's own, when left out.", HelpName = "KEY" };

    /// <summary>Where a gateway of this user keeps what it has: the default of its data_folder.</summary>
    public string DataFolder => environment("FAXBOT_DATA_FOLDER") ?? Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), ".local", "share", "faxbot");

    /// <summary>Adds the two options to a command.</summary>
    public Command AddTo(Command command)
    {
        command.Options.Add(_address);
        command.Options.Add(_key);
        return command;
    }

    /// <summary>The gateway that is meant.</summary>
    /// <exception cref="BadInputException">None is, or its address cannot be read.</exception>
    public GatewayAccess Find(ParseResult parsed) => TryFind(parsed)
        ?? throw new BadInputException("No gateway is known on this machine: start one with 'faxbot up', or name one with --gateway URL and --key KEY.");

    /// <summary>The gateway that is meant; null when none is known.</summary>
    /// <exception cref="BadInputException">Its address cannot be read.</exception>
    public GatewayAccess? TryFind(ParseResult parsed)
    {
        var own = OfThisUser();
        var named = parsed.GetValue(_address) ?? environment(AddressVariable);
        var address = named is not null ? Parse(named) : own?.Address;
        return address is null ? null : new GatewayAccess(address, parsed.GetValue(_key) ?? environment(KeyVariable) ?? own?.Key, named is not null);
    }

    /// <summary>What a gateway of this user wrote down when it started; null where none ever did.</summary>
    public GatewayAccess? OfThisUser()
    {
        var path = Path.Combine(DataFolder, "client.json");
        if (!File.Exists(path)) return null;
        using var file = JsonDocument.Parse(File.ReadAllText(path));
        return new GatewayAccess(Parse(file.RootElement.GetProperty("address").GetString()!), file.RootElement.GetProperty("key").GetString());
    }

    private static Uri Parse(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
        ? uri
        : throw new BadInputException($"--gateway {text}: give an address such as http://127.0.0.1:8080.");
}
