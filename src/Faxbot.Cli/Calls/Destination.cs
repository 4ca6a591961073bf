using Faxbot.Sdk.Trunks;

namespace Faxbot.Cli.Calls;

/// <summary>Where a fax goes: over which trunk, to which number.</summary>
internal sealed record Destination(TrunkProfile Trunk, string Number)
{
    private const string NumberShape = "a number is digits, with an optional + in front, such as +15551234567; a SIP address is sip:USER@HOST or sip:USER@HOST:PORT";

    /// <summary>Reads <c>--to</c> and <c>--trunk</c>.</summary>
    /// <exception cref="BadInputException">They do not fit together or cannot be read.</exception>
    public static Destination Parse(string to, string? trunkFile)
    {
        if (IsUri(to)) return FromUri(to, trunkFile);
        var number = ParseNumber(to);
        return trunkFile is null
            ? throw new BadInputException($"--to {to}: a number needs a trunk to go over; give --trunk FILE, or a SIP address (sip:USER@HOST) in place of the number.")
            : new Destination(ReadTrunk(trunkFile), number);
    }

    /// <summary>Whether it is a SIP address and not a number.</summary>
    public static bool IsUri(string to) => to.StartsWith("sip:", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a number, without the marks that people write into it.</summary>
    /// <exception cref="BadInputException">It is none.</exception>
    public static string ParseNumber(string to)
    {
        var number = new string([.. to.Where(c => c is not (' ' or '-' or '(' or ')' or '.' or '/'))]);
        var digits = number.StartsWith('+') ? number[1..] : number;
        return digits.Length is < 2 or > 20 || !digits.All(char.IsAsciiDigit) ? throw new BadInputException($"--to {to}: {NumberShape}.") : number;
    }

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
            throw new BadInputException($"--trunk {file}: {unreadable.Message}");
        }

        return TrunkProfileJson.TryParse(json, out var profile, out var error) ? profile! : throw new BadInputException($"--trunk {file}: {error}");
    }

    private static Destination FromUri(string to, string? trunkFile)
    {
        var address = to["sip:".Length..].Split(';', '?')[0];
        var at = address.LastIndexOf('@');
        var host = address[(at + 1)..];
        var colon = host.LastIndexOf(':');
        var port = 5060;
        if (at <= 0 || host.Length == 0 || host.StartsWith(':') || host.Any(char.IsWhiteSpace)
            || (colon >= 0 && (!int.TryParse(host.AsSpan(colon + 1), out port) || port is < 1 or > 65535)))
        {
            throw new BadInputException($"--to {to}: {NumberShape}.");
        }

        var server = new TrunkServer { Host = colon < 0 ? host : host[..colon], Port = port };
        var trunk = trunkFile is null ? new TrunkProfile { Server = server } : ReadTrunk(trunkFile) with { Server = server };
        return new Destination(trunk, Uri.UnescapeDataString(address[..at]));
    }
}
