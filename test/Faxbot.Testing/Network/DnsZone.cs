using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Faxbot.Testing.Network;

/// <summary>
/// A name server on loopback (RFC 1035) with the records that a test gives it; for all other names it says that there are none.
/// Safe for concurrent use.
/// </summary>
public sealed class DnsZone : IAsyncDisposable
{
    private const ushort A = 1, Soa = 6, Aaaa = 28, Srv = 33, Naptr = 35, Internet = 1;
    private const int HeaderLength = 12;
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly ConcurrentDictionary<(string Name, ushort Type), List<(byte[] Content, int Lifetime)>> _records = new();
    private readonly ConcurrentQueue<string> _questions = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    /// <summary>Opens it on a free port.</summary>
    public DnsZone()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _serving = ServeAsync();
    }

    /// <summary>Where it answers.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)_socket.LocalEndPoint!;

    /// <summary>How long it may be remembered that there is nothing, in seconds.</summary>
    public int NegativeLifetime { get; set; } = 60;

    /// <summary>Whether it fails to answer (SERVFAIL).</summary>
    public bool IsOut { get; set; }

    /// <summary>All names that it was asked for, in order.</summary>
    public IReadOnlyCollection<string> Questions => _questions;

    /// <summary>An address record.</summary>
    public DnsZone Address(string name, string address, int lifetime = 300)
    {
        var parsed = IPAddress.Parse(address);
        return Add(name, parsed.AddressFamily == AddressFamily.InterNetworkV6 ? Aaaa : A, lifetime, parsed.GetAddressBytes());
    }

    /// <summary>A service record (RFC 2782).</summary>
    public DnsZone Service(string name, int priority, int weight, int port, string target, int lifetime = 300) =>
        Add(name, Srv, lifetime, [.. Number(priority), .. Number(weight), .. Number(port), .. Name(target)]);

    /// <summary>A naming authority pointer (RFC 3403).</summary>
    public DnsZone Pointer(string name, int order, int preference, string service, string replacement, string flags = "s", int lifetime = 300) =>
        Add(name, Naptr, lifetime, [.. Number(order), .. Number(preference), .. Text(flags), .. Text(service), .. Text(""), .. Name(replacement)]);

    /// <summary>Takes all records of a name away.</summary>
    public void Remove(string name)
    {
        foreach (var key in _records.Keys.Where(key => key.Name == name)) _records.TryRemove(key, out _);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _socket.Dispose();
        _stop.Dispose();
    }

    private DnsZone Add(string name, ushort type, int lifetime, byte[] content)
    {
        _records.GetOrAdd((name, type), _ => []).Add((content, lifetime));
        return this;
    }

    private async Task ServeAsync()
    {
        var buffer = new byte[1500];
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var asked = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), _stop.Token);
                await _socket.SendToAsync(Answer(buffer.AsSpan(0, asked.ReceivedBytes)), SocketFlags.None, asked.RemoteEndPoint, _stop.Token);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private byte[] Answer(ReadOnlySpan<byte> query)
    {
        var (name, type, end) = Question(query);
        _questions.Enqueue(name);
        var found = _records.GetValueOrDefault((name, type)) ?? [];
        var known = found.Count > 0 || _records.Keys.Any(key => key.Name == name);
        // RFC 1035 4.1.1: a response with recursion, NXDOMAIN 3, SERVFAIL 2.
        var code = IsOut ? 2 : known ? 0 : 3;
        var answers = IsOut ? 0 : found.Count;
        List<byte> message = [.. query[..2], 0x81, (byte)(0x80 | code), 0, 1, .. Number(answers), .. Number(answers == 0 ? 1 : 0), 0, 0, .. query[HeaderLength..end]];
        foreach (var (content, lifetime) in found.Take(answers)) message.AddRange(Record(name, type, lifetime, content));
        if (answers == 0) message.AddRange(Record("zone.test", Soa, NegativeLifetime, [.. Name("ns.test"), .. Name("admin.test"), .. Long(1), .. Long(1), .. Long(1), .. Long(1), .. Long(NegativeLifetime)]));
        return [.. message];
    }

    private static (string Name, ushort Type, int End) Question(ReadOnlySpan<byte> query)
    {
        var labels = new List<string>();
        var at = HeaderLength;
        for (; query[at] != 0; at += query[at] + 1) labels.Add(Encoding.ASCII.GetString(query.Slice(at + 1, query[at])));
        return (string.Join('.', labels).ToLowerInvariant(), BinaryPrimitives.ReadUInt16BigEndian(query[(at + 1)..]), at + 5);
    }

    private static byte[] Record(string name, ushort type, int lifetime, byte[] content) =>
        [.. Name(name), .. Number(type), .. Number(Internet), .. Long(lifetime), .. Number(content.Length), .. content];

    private static byte[] Name(string name) =>
        [.. name.Split('.', StringSplitOptions.RemoveEmptyEntries).SelectMany(Text), 0];

    private static byte[] Text(string text) => [(byte)text.Length, .. Encoding.ASCII.GetBytes(text)];

    private static byte[] Number(int value) => [(byte)(value >> 8), (byte)value];

    private static byte[] Long(int value) => [.. Number(value >> 16), .. Number(value & 0xFFFF)];
}
