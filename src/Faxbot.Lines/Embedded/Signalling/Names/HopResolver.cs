using System.Net.Sockets;
using Faxbot.Sdk.Trunks;
using Faxbot.Sip.Transports;

namespace Faxbot.Lines.Embedded.Signalling.Names;

/// <summary>Finds where the servers of trunks are (RFC 3263 4). Thread-safe.</summary>
/// <param name="names">The name service.</param>
/// <param name="family">The kind of address that the line speaks from.</param>
/// <param name="draw">A random number from 0 up to its argument, which it never reaches.</param>
internal sealed class HopResolver(NameLookup names, AddressFamily family, Func<int, int> draw)
{
    /// <summary>The places of a server in the order in which they are to be tried; none when its name leads nowhere.</summary>
    public Task<IReadOnlyList<SipHop>> ResolveAsync(TrunkProfile trunk, TrunkServer server, CancellationToken cancel) =>
        new ServerSearch(names, family, draw, trunk, server, cancel).RunAsync();
}
