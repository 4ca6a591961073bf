using System.Net;
using System.Net.Sockets;

namespace Faxbot.Testing.Network;

/// <summary>
/// UDP and TCP ports of 127.0.0.1 for a peer that wants a number on its command line. No other test of this user gets them
/// until <see cref="Dispose"/>, in whatever process, and the kernel does not give them to a socket bound to port 0 (they
/// lie below its range). Our own sockets need none of this: they bind port 0.
/// </summary>
public sealed class PortReservation : IDisposable
{
    private const int Lowest = 20_000;
    private const int Count = 12_000;
    private static readonly Lock Gate = new();
    private static readonly HashSet<int> Mine = [];

    // One octet of this file per port is locked with fcntl(2): the kernel frees it when the process ends, however it ends.
    private static readonly FileStream Table = OpenTable();
    private static int _next = (Environment.ProcessId * 613 % Count) & ~1;
    private readonly int _count;

    private PortReservation(int first, int count) => (First, _count) = (first, count);

    /// <summary>The first port, always even; the others follow it.</summary>
    public int First { get; }

    /// <summary>The last port.</summary>
    public int Last => First + _count - 1;

    /// <summary>127.0.0.1 and <see cref="First"/>.</summary>
    public IPEndPoint EndPoint => new(IPAddress.Loopback, First);

    /// <summary>Reserves <paramref name="count"/> consecutive ports that nobody uses.</summary>
    /// <exception cref="InvalidOperationException">There is no such run of free ports.</exception>
    public static PortReservation Take(int count = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        lock (Gate)
        {
            for (var tried = 0; tried < Count; tried += 2, _next = (_next + 2) % Count)
            {
                if (_next + count > Count || !TryLock(Lowest + _next, count)) continue;
                var first = Lowest + _next;
                // Go on behind it: a number that was just given back may still get late packets.
                _next = (_next + count + 1 & ~1) % Count;
                return new PortReservation(first, count);
            }
        }

        throw new InvalidOperationException($"No {count} free ports in a row from {Lowest} to {Lowest + Count - 1} on 127.0.0.1.");
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (Gate) Unlock(First, _count);
    }

    private static bool TryLock(int first, int count)
    {
        for (var port = first; port < first + count; port++)
        {
            if (TryLock(port)) continue;
            Unlock(first, port - first);
            return false;
        }

        return true;
    }

    private static bool TryLock(int port)
    {
        if (Mine.Contains(port) || !IsFree(port)) return false;
        try
        {
            // macOS has no such locks: there only this process's own reservations are kept apart.
            if (!OperatingSystem.IsMacOS()) Table.Lock(port, 1);
        }
        catch (IOException)
        {
            return false;
        }

        return Mine.Add(port);
    }

    private static void Unlock(int first, int count)
    {
        foreach (var port in Enumerable.Range(first, count).Where(Mine.Remove))
        {
            if (!OperatingSystem.IsMacOS()) Table.Unlock(port, 1);
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var udp = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            udp.Bind(new IPEndPoint(IPAddress.Loopback, port));
            using var tcp = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            tcp.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static FileStream OpenTable() => new(
        Path.Combine(CacheFolder.Of("ports"), "table"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
}
