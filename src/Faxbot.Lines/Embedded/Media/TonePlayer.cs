using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Faxbot.Lines.Embedded.Media;

/// <summary>
/// Plays sound on the audio leg from its start until its end or until it is disposed: a fax tone, so that gateways which listen for tones switch to
/// T.38, or a recording. What the far end says in the meantime is not listened to.
/// </summary>
internal sealed class TonePlayer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _playing;
    private readonly RtpPacketizer _packets;
    private readonly MediaSocket _socket;
    private readonly TimeProvider _time;

    private TonePlayer(MediaSocket socket, TimeProvider time, bool aLaw, Func<long, short> tone, TimeSpan length)
    {
        Span<byte> random = stackalloc byte[10];
        RandomNumberGenerator.Fill(random);
        _packets = new RtpPacketizer(
            BinaryPrimitives.ReadUInt32BigEndian(random), BinaryPrimitives.ReadUInt16BigEndian(random[4..]),
            BinaryPrimitives.ReadUInt32BigEndian(random[6..]), aLaw);
        _socket = socket;
        _time = time;
        _playing = PlayAsync(tone, length);
    }

    /// <summary>How much has been played.</summary>
    public TimeSpan Played => RtpPacketizer.Interval * (_packets.Position / RtpPacketizer.SamplesPerPacket);

    /// <summary>Over when all was played, or when it was disposed.</summary>
    public Task Finished => _playing;

    /// <summary>Begins to play to where the socket sends, for as long as nobody disposes of it.</summary>
    public static TonePlayer Start(MediaSocket socket, TimeProvider time, bool aLaw, Func<long, short> tone) => new(socket, time, aLaw, tone, TimeSpan.MaxValue);

    /// <summary>The same, for so long at most.</summary>
    public static TonePlayer Start(MediaSocket socket, TimeProvider time, bool aLaw, Func<long, short> tone, TimeSpan length) => new(socket, time, aLaw, tone, length);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _playing;
        _stop.Dispose();
    }

    private async Task PlayAsync(Func<long, short> tone, TimeSpan length)
    {
        using var timer = new PeriodicTimer(RtpPacketizer.Interval, _time);
        var packet = new byte[RtpPacketizer.PacketLength];
        try
        {
            do
            {
                _packets.Write(packet, tone);
                _socket.Send(packet);
            }
            while (await timer.WaitForNextTickAsync(_stop.Token) && Played < length);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Disposed: the tone is no longer wanted.
        }
    }
}
