using System.Text;
using System.Threading.Channels;
using Faxbot.Lines.Embedded.Signalling.Transports;
using Faxbot.Sip.Transports;

namespace Faxbot.Lines.Tests.Embedded.Signalling;

/// <summary>What transports brought, in order.</summary>
internal sealed class ReceivedSip : ITransportUser
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private readonly Channel<(string, SipHop)> _messages = Channel.CreateUnbounded<(string, SipHop)>();
    private readonly Channel<SipHop> _pongs = Channel.CreateUnbounded<SipHop>();
    private readonly Channel<(SipHop, TransportProblem)> _errors = Channel.CreateUnbounded<(SipHop, TransportProblem)>();

    public Task<(string Message, SipHop Remote)> NextMessageAsync() => _messages.Reader.ReadAsync().AsTask().WaitAsync(Limit);

    public Task<SipHop> NextPongAsync() => _pongs.Reader.ReadAsync().AsTask().WaitAsync(Limit);

    public Task<(SipHop Remote, TransportProblem Problem)> NextErrorAsync() => _errors.Reader.ReadAsync().AsTask().WaitAsync(Limit);

    public void HandleMessage(ReadOnlySpan<byte> message, SipHop remote) => _messages.Writer.TryWrite((Encoding.ASCII.GetString(message), remote));

    public void HandlePong(SipHop remote) => _pongs.Writer.TryWrite(remote);

    public void HandleTransportError(SipHop remote, TransportProblem problem) => _errors.Writer.TryWrite((remote, problem));
}
