using System.Net.Sockets;
using Faxbot.Fax.T30;
using Faxbot.Testing.Faxes;
using Faxbot.Testing.Processes;

namespace Faxbot.Testing.Spandsp;

/// <summary>
/// libspandsp's terminal in virtual time: a process that goes on no further than it is told and whose datagrams come the same way, so that a call is as
/// fast as the processor, and a busy machine changes nothing of it. Disposing of it ends the process by its own id.
/// </summary>
public sealed class SpandspTerminal : ILinkEnd, IAsyncDisposable
{
    private const byte Datagram = (byte)'D';
    private const byte Time = (byte)'T';
    private const int MostOctets = 4096; // UDPTL_MAX_DATAGRAM of the peer

    // The beat of its own clock.
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly RunningProcess _process;
    private readonly Socket _socket;
    private readonly Queue<byte[]> _sent = [];
    private readonly byte[] _message = new byte[1 + MostOctets];
    private TimeSpan _told;

    private SpandspTerminal(RunningProcess process, Socket socket) => (_process, _socket) = (process, socket);

    /// <inheritdoc/>
    public int MaxDatagram => MostOctets;

    /// <inheritdoc/>
    public TimeSpan? Deadline => IsDone ? null : _told + Step;

    /// <inheritdoc/>
    public bool IsDone { get; private set; }

    /// <summary>Starts one that receives into the TIFF <paramref name="file"/>.</summary>
    /// <param name="file">The TIFF to write.</param>
    /// <param name="options">Its own options, one or two words each: <c>"--ecm", "off"</c>.</param>
    public static Task<SpandspTerminal> ReceiveAsync(string file, params IEnumerable<string> options) => StartAsync(["--receive", file, .. options]);

    /// <summary>Starts one that sends the TIFF <paramref name="file"/>.</summary>
    /// <param name="file">A TIFF of a fax width, coded in Group 3 or 4 or uncompressed, with a fax resolution.</param>
    /// <param name="options">Its own options, one or two words each.</param>
    public static Task<SpandspTerminal> SendAsync(string file, params IEnumerable<string> options) => StartAsync(["--send", file, .. options]);

    /// <inheritdoc/>
    public void Start(TimeSpan now)
    {
        // It has begun with its process.
    }

    /// <inheritdoc/>
    public void HandleDatagram(ReadOnlySpan<byte> datagram, TimeSpan now)
    {
        _message[0] = Datagram;
        datagram.CopyTo(_message.AsSpan(1));
        Say(1 + datagram.Length);
    }

    /// <inheritdoc/>
    public void HandleTimeout(TimeSpan now)
    {
        _told = now;
        _message[0] = Time;
        BitConverter.TryWriteBytes(_message.AsSpan(1), (ulong)now.TotalMicroseconds);
        Say(1 + sizeof(ulong));
        while (Hear() is { Length: > 0 } heard)
        {
            if (heard[0] == Time) return;
            _sent.Enqueue(heard[1..].ToArray());
        }
    }

    /// <inheritdoc/>
    public bool TryTakeDatagram(Span<byte> datagram, out int length)
    {
        length = 0;
        if (!_sent.TryDequeue(out var next)) return false;
        next.CopyTo(datagram);
        length = next.Length;
        return true;
    }

    /// <inheritdoc/>
    public bool TryTakeEvent(out FaxEvent? value)
    {
        value = null;
        return false;
    }

    /// <summary>What it says of the call; one that is not over is ended now.</summary>
    /// <exception cref="InvalidOperationException">It refused its options or ended without a result.</exception>
    public async Task<SpandspResult> EndAsync()
    {
        IsDone = true;
        _socket.Dispose();
        return SpandspResult.Of(await _process.WaitForExitAsync(Patience));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _process.DisposeAsync();
    }

    private static async Task<SpandspTerminal> StartAsync(IEnumerable<string> options)
    {
        var program = await SpandspBuild.ProgramAsync("spandsp-peer");
        using var folder = new TempFolder();
        using var listener = new Socket(AddressFamily.Unix, SocketType.Seqpacket, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(folder.Of("in-step")));
        listener.Listen();
        var process = RunningProcess.Start(program, [.. options, "--in-step", folder.Of("in-step")]);
        try
        {
            using var refused = new CancellationTokenSource();
            var accepted = listener.AcceptAsync(refused.Token).AsTask();
            var ended = process.WaitForExitAsync(Patience);
            if (await Task.WhenAny(accepted, ended) == accepted) return new SpandspTerminal(process, Ready(await accepted));
            await refused.CancelAsync();
            throw new InvalidOperationException($"{process.Command}\nended before the call began.\n{(await ended).Error}");
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    private static Socket Ready(Socket socket)
    {
        socket.ReceiveTimeout = (int)Patience.TotalMilliseconds;
        return socket;
    }

    private void Say(int length)
    {
        try
        {
            if (!IsDone) _socket.Send(_message.AsSpan(0, length));
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.Shutdown or SocketError.ConnectionReset)
        {
            // It ended the call by itself, which is heard after all that it still said.
        }
    }

    private ReadOnlySpan<byte> Hear()
    {
        var length = _socket.Receive(_message, SocketFlags.None, out var error);
        // It ended with messages of ours unread, which is told before the last ones of its own.
        if (error == SocketError.ConnectionReset) length = _socket.Receive(_message);
        else if (error != SocketError.Success) throw new SocketException((int)error);
        IsDone = length == 0;
        return _message.AsSpan(0, length);
    }
}
