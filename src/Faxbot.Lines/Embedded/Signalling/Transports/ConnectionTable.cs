using System.Diagnostics.CodeAnalysis;
using System.Net;
using Faxbot.Sip.Transports;

namespace Faxbot.Lines.Embedded.Signalling.Transports;

/// <summary>The open connections by the hop that each leads to, and their number. Thread-safe.</summary>
internal sealed class ConnectionTable(int most, int mostPerAddress)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Place, StreamConnection> _places = [];
    private readonly HashSet<StreamConnection> _all = [];

    /// <summary>All that are open.</summary>
    public IReadOnlyList<StreamConnection> Snapshot()
    {
        lock (_gate) return [.. _all];
    }

    /// <summary>The connection that leads to <paramref name="hop"/>.</summary>
    public bool TryFind(SipHop hop, [NotNullWhen(true)] out StreamConnection? connection)
    {
        lock (_gate)
        {
            if (_places.TryGetValue(Place.Of(hop), out connection)) return true;
            // A hop over TLS without a name was learnt from a peer that came to us. Nothing would prove a connection that we open there,
            // so its own one is taken.
            connection = hop is { Transport: SipTransport.Tls, ServerName: null }
                ? _all.FirstOrDefault(open => open.IsInbound && open.Hop.Transport == SipTransport.Tls && open.Hop.EndPoint.Address.Equals(hop.EndPoint.Address))
                : null;
            return connection is not null;
        }
    }

    /// <summary>Adds a connection; false when there are too many.</summary>
    public bool TryAdd(StreamConnection connection)
    {
        lock (_gate)
        {
            if (_all.Count >= most || (connection.IsInbound && CountInbound(connection.Hop.EndPoint.Address) >= mostPerAddress)) return false;
            _places[Place.Of(connection.Hop)] = connection;
            return _all.Add(connection);
        }
    }

    /// <summary>Lets a connection that came in lead to <paramref name="port"/> of its peer too (RFC 5923 5), unless another does.</summary>
    public void TryAlias(StreamConnection connection, int port)
    {
        var alias = connection.Hop with { EndPoint = new IPEndPoint(connection.Hop.EndPoint.Address, port) };
        lock (_gate)
        {
            if (_all.Contains(connection)) _places.TryAdd(Place.Of(alias), connection);
        }
    }

    public void Remove(StreamConnection connection)
    {
        lock (_gate)
        {
            if (!_all.Remove(connection)) return;
            foreach (var (place, _) in _places.Where(entry => entry.Value == connection).ToList()) _places.Remove(place);
        }
    }

    private int CountInbound(IPAddress address) => _all.Count(open => open.IsInbound && open.Hop.EndPoint.Address.Equals(address));

    private readonly record struct Place(IPEndPoint EndPoint, SipTransport Transport, string? ServerName)
    {
        // As SipHop.IsSamePlaceAs has it.
        public static Place Of(SipHop hop) => new(hop.EndPoint, hop.Transport, hop.Transport == SipTransport.Tls ? hop.ServerName : null);
    }
}
