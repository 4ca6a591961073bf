using Faxbot.Sdk.Trunks;

namespace Faxbot.Cli.Calls;

/// <summary>Where a fax goes: over which trunk, to which number.</summary>
internal sealed record Destination(TrunkProfile Trunk, string Number)
{
    private const string NumberShape = "a number is digits, with an optional + in front, such as +15551234567; a SIP address is sip:USER@HOST or sip:USER@HOST:PORT";

    /// <summary>Reads <c>--to</c> and <c>--trunk</c>; null for a number without a trunk, which a gateway calls.</summary>
    /// <exception cref="BadInputException">They do not fit together or cannot be read.</exception>
    public static Destination? Parse(string to, string? trunkFile)
    {
        if (to.StartsWith("sip:", StringComparison.OrdinalIgnoreCase)) return FromUri(to, trunkFile);
        var number = ParseNumber(to);
        return trunkFile is null ? null : new Destination(ReadTrunk(trunkFile), number);
    }

    /// <summary>Reads a number, without the marks that people write into it.</summary>
    /// <exception cref="BadInputException">It is none.</exception>
    public static string ParseNumber(string to) => PhoneDigits.Read(to) ?? throw new BadInputException($"--to {to}: {NumberShape}.");

    /// <summary>Reads a trunk profile.</summary>
    /// <exception cref="BadInputException">It cannot be read.</exception>
    public static TrunkProfile ReadTrunk(string file)
    {
        string json;
        try
        {
            json = File.ReadAllText(file);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"--trunk {file}: {unreadable.Message} Give a file with a JSON trunk profile; 'faxbot send --help' shows one.");
        }

        return TrunkProfileJson.Read(json, out var problems)
            ?? throw new BadInputException($"--trunk {file}: {string.Join(' ', problems.Select(problem => $"{problem.Path}: {problem.Message}"))}");
    }

    private static Destination FromUri(string to, string? trunkFile)
    {
        var parts = to["sip:".Length..].Split(';', '?');
        if (parts.Skip(1).FirstOrDefault(IsOtherTransport) is { } transport)
            throw new BadInputException($"--to {to}: {transport} is not there yet; calls go over UDP, so leave it out.");
        var address = parts[0];
        var at = address.LastIndexOf('@');
        var host = address[(at + 1)..];
        if (host.StartsWith('['))
            throw new BadInputException($"--to {to}: calls go over IPv4 alone; give the host's name or its IPv4 address.");
        var colon = host.LastIndexOf(':');
        var port = 5060;
        if (at <= 0 || address[..at].Any(char.IsWhiteSpace) || Uri.CheckHostName(colon < 0 ? host : host[..colon]) == UriHostNameType.Unknown
            || (colon >= 0 && (!int.TryParse(host.AsSpan(colon + 1), out port) || port is < 1 or > 65535)))
        {
            throw new BadInputException($"--to {to}: {NumberShape}.");
        }

        var server = new TrunkServer { Host = colon < 0 ? host : host[..colon], Port = port };
        var trunk = trunkFile is null ? new TrunkProfile { Servers = [server] } : ReadTrunk(trunkFile) with { Servers = [server], Domain = null };
        return new Destination(trunk, Uri.UnescapeDataString(address[..at]));
    }

    private static bool IsOtherTransport(string parameter) =>
        parameter.StartsWith("transport=", StringComparison.OrdinalIgnoreCase) && !parameter.EndsWith("=udp", StringComparison.OrdinalIgnoreCase);
}
