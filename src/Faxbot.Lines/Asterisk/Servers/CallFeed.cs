using System.Threading.Channels;
using Faxbot.Lines.Asterisk.Calls;

namespace Faxbot.Lines.Asterisk.Servers;

/// <summary>What a call is told by its server, until the call leaves. Thread-safe.</summary>
internal sealed class CallFeed(string attemptId, Action<CallFeed> left) : IDisposable
{
    private readonly Channel<CallInput> _inputs = Channel.CreateUnbounded<CallInput>(new UnboundedChannelOptions { SingleReader = true });
    private volatile string? _faxingChannel;

    /// <summary>Whose call it is.</summary>
    public string AttemptId { get; } = attemptId;

    /// <summary>The channel whose fax session is to be asked about; null while there is none.</summary>
    public string? FaxingChannel
    {
        get => _faxingChannel;
        set => _faxingChannel = value;
    }

    /// <summary>What the call has not read yet; complete when the line is closed.</summary>
    public ChannelReader<CallInput> Inputs => _inputs.Reader;

    public void Tell(CallInput input) => _inputs.Writer.TryWrite(input);

    /// <summary>Nothing more comes.</summary>
    public void Close() => _inputs.Writer.TryComplete();

    public void Dispose() => left(this);
}
