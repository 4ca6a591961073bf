using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Cli.Calls;

/// <summary>Where a fax goes: over which trunk, to which number.</summary>
internal sealed record Destination(TrunkProfile Trunk, string Number)
{
    private const string NumberShape = "a number is digits, with an optional + in front, such as +15551234567; a SIP address is sip:USER@HOST, perhaps with :PORT and ;transport=tcp or tls";

    /// <summary>Any address of this machine of the kind that the trunk is reached from.</summary>
    public IPAddress AnyAddress =>
        IPAddress.TryParse(Trunk.Servers[0].Host, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any;

    /// <summary>Reads <c>--to</c> and <c>--trunk</c>; null for a number without a trunk, which a gateway calls.</summary>
    /// <exception cref="BadInputException">They do not fit together or cannot be read.</exception>
    public static Destination? Parse(string to, string? trunkFile)
    {
        if (to.StartsWith("sip:", StringComparison.OrdinalIgnoreCase) || to.StartsWith("sips:", StringComparison.OrdinalIgnoreCase)) return FromUri(to, trunkFile);
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
        var parts = to[(to.IndexOf(':', StringComparison.Ordinal) + 1)..].Split(';', '?');
        var transport = TransportOf(to, parts.Skip(1));
        var address = parts[0];
        var at = address.LastIndexOf('@');
        if (at <= 0 || address[..at].Any(char.IsWhiteSpace) || !TryReadHost(address[(at + 1)..], out var host, out var port))
            throw new BadInputException($"--to {to}: {NumberShape}.");
        var server = new TrunkServer { Host = host, Port = port ?? (transport == TrunkTransport.Tls ? 5061 : 5060), Transport = transport };
        var trunk = trunkFile is null ? new TrunkProfile { Servers = [server] } : ReadTrunk(trunkFile) with { Servers = [server], Domain = null };
        return new Destination(trunk, Uri.UnescapeDataString(address[..at]));
    }

    private static TrunkTransport TransportOf(string to, IEnumerable<string> parameters)
    {
        const string Name = "transport=";
        var isSips = to.StartsWith("sips:", StringComparison.OrdinalIgnoreCase);
        var named = parameters.FirstOrDefault(parameter => parameter.StartsWith(Name, StringComparison.OrdinalIgnoreCase))?[Name.Length..].ToLowerInvariant();
        return (isSips, named) switch
        {
            // RFC 3261 26.2.2: sips over TCP is TLS.
            (true, null or "tcp" or "tls") or (false, "tls") => TrunkTransport.Tls,
            (false, "tcp") => TrunkTransport.Tcp,
            (false, null or "udp") => TrunkTransport.Udp,
            _ => throw new BadInputException($"--to {to}: {(isSips ? "sips goes over TLS" : "SIP goes over udp, tcp or tls")}, not over {named}."),
        };
    }

    // A name, an IPv4 address, or an IPv6 address in brackets; a port behind it.
    private static bool TryReadHost(string text, out string host, out int? port)
    {
        port = null;
        var end = text.StartsWith('[') ? text.IndexOf(']', StringComparison.Ordinal) + 1 : text.IndexOf(':', StringComparison.Ordinal);
        host = (end < 0 ? text : text[..end]).Trim('[', ']');
        var isHost = Uri.CheckHostName(host) != UriHostNameType.Unknown && (text.StartsWith('[') == host.Contains(':', StringComparison.Ordinal));
        if (end < 0 || end == text.Length) return isHost;
        if (text[end] != ':' || !int.TryParse(text.AsSpan(end + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
        port = number;
        return isHost && number is >= 1 and <= 65535;
    }
}
