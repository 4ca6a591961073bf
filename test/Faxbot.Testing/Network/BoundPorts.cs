using System.Globalization;

namespace Faxbot.Testing.Network;

/// <summary>Which ports some process of this machine has bound, without touching them: a trial bind could be in a peer's way.</summary>
public static class BoundPorts
{
    /// <summary>Whether a UDP socket over IPv4 is bound to <paramref name="port"/>.</summary>
    public static bool IsUdpBound(int port) => Contains("/proc/net/udp", port, state: null);

    /// <summary>Whether a TCP socket over IPv4 listens on <paramref name="port"/>.</summary>
    public static bool IsTcpListening(int port) => Contains("/proc/net/tcp", port, state: "0A");

    // "  sl  local_address rem_address   st ...", addresses as hexadecimal octets in host order, a colon, the port.
    private static bool Contains(string table, int port, string? state)
    {
        var ending = string.Create(CultureInfo.InvariantCulture, $":{port:X4}");
        return File.ReadLines(table).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Any(words => words.Length > 3 && words[1].EndsWith(ending, StringComparison.Ordinal) && (state is null || words[3] == state));
    }
}
