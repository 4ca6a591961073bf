using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Faxbot.Lines.Embedded.Signalling.Names;

namespace Faxbot.Lines.Embedded.Signalling.Stun;

/// <summary>
/// Asks a STUN server again and again under which address this machine is seen. Only the address counts: ports are taken to be forwarded as
/// they are, for SIP and media alike. While the server is silent the last answer holds.
/// </summary>
/// <param name="server">Host, or host and port.</param>
/// <param name="names">The name service.</param>
/// <param name="family">The kind of address that the line speaks from.</param>
/// <param name="time">The clock.</param>
/// <param name="send">Sends from the socket of SIP, which keeps its way through the NAT open too.</param>
/// <param name="learnt">Told each answer.</param>
internal sealed class PublicAddress(
    string server, NameLookup names, AddressFamily family, TimeProvider time, Action<byte[], IPEndPoint> send, Action<IPAddress> learnt) : IAsyncDisposable
{
    private const int DefaultPort = 3478;

    // RFC 8489 6.2.1 with fewer sends: calls wait for the first answer.
    private const int MostSends = 4;
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _firstRound = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Question? _question;
    private Task _asking = Task.CompletedTask;

    /// <summary>Done when the server has answered for the first time, or not answered.</summary>
    public Task FirstRound => _firstRound.Task;

    public void Start() => _asking = RunAsync();

    /// <summary>Takes a STUN message that came to the socket of SIP.</summary>
    public void Handle(ReadOnlySpan<byte> message, IPEndPoint from)
    {
        if (_question is { } question && from.Equals(question.Server) && StunBinding.Read(message, question.Id) is { } seen) question.Answer.TrySetResult(seen.Address);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _asking;
        _firstRound.TrySetResult();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                if (await AskAsync() is { } address) learnt(address);
                _firstRound.TrySetResult();
                await Task.Delay(Refresh, time, _stop.Token);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The line closes.
        }
    }

    private async Task<IPAddress?> AskAsync()
    {
        if (await FindServerAsync() is not { } place) return null;
        var question = new Question(place, RandomNumberGenerator.GetBytes(StunBinding.IdLength));
        _question = question;
        var wait = FirstWait;
        for (var sent = 0; sent < MostSends; sent++, wait *= 2)
        {
            send(StunBinding.Write(question.Id), place);
            using var patience = new CancellationTokenSource(wait, time);
            Task answer = question.Answer.Task;
            await answer.WaitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (question.Answer.Task.IsCompletedSuccessfully) return await question.Answer.Task;
            _stop.Token.ThrowIfCancellationRequested();
        }

        return null;
    }

    private async Task<IPEndPoint?> FindServerAsync()
    {
        if (IPEndPoint.TryParse(server, out var literal)) return new IPEndPoint(literal.Address, literal.Port == 0 ? DefaultPort : literal.Port);
        var colon = server.LastIndexOf(':');
        var (host, port) = colon > 0 && int.TryParse(server.AsSpan(colon + 1), out var given) ? (server[..colon], given) : (server, DefaultPort);
        var found = await names.FindAddressesAsync(host, family, _stop.Token);
        return found.Count == 0 ? null : new IPEndPoint(found[0], port);
    }

    private sealed record Question(IPEndPoint Server, byte[] Id)
    {
        public TaskCompletionSource<IPAddress> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
