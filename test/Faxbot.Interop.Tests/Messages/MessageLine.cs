using System.Threading.Channels;
using Faxbot.Interop.Tests.Embedded;
using Faxbot.Lines;
using Faxbot.Lines.Embedded;
using Faxbot.Sdk.Trunks;
using Faxbot.Testing;

namespace Faxbot.Interop.Tests.Messages;

/// <summary>A line on loopback that takes text messages from there, with a certificate of its own; another program is its trunk.</summary>
internal sealed class MessageLine : IMessageRecipient, IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Channel<IncomingText> _texts = Channel.CreateUnbounded<IncomingText>();
    private readonly TempFolder _folder = new();
    private readonly Certificates _authority = new();

    public MessageLine()
    {
        Certificates.WritePem(Certificate, _authority.For("localhost"));
        Line = EmbeddedLine.Open(
            FinishedCall.OnLoopback with { TlsCertificate = _authority.For("127.0.0.1"), TlsRoots = [_authority.Root] }, TimeProvider.System, null, this);
    }

    public EmbeddedLine Line { get; }

    /// <summary>A PEM file of a certificate and key for localhost, for the other program.</summary>
    public string Certificate => _folder.Of("localhost.pem");

    /// <summary>The address of a user of this line.</summary>
    public string Uri(string user, TrunkTransport transport) => transport switch
    {
        TrunkTransport.Tls => $"sip:{user}@{Line.TlsEndPoint};transport=tls",
        TrunkTransport.Tcp => $"sip:{user}@{Line.LocalEndPoint};transport=tcp",
        _ => $"sip:{user}@{Line.LocalEndPoint}",
    };

    /// <summary>The trunk that another program on this machine is.</summary>
    public static TrunkProfile Trunk(int port, TrunkTransport transport) => new()
    {
        Servers = [new TrunkServer { Host = "localhost", Port = port, Transport = transport }],
        Inbound = new TrunkInbound { Networks = ["127.0.0.0/8"] },
        Numbers = new TrunkNumbers { RequestUri = Plain, From = Plain },
    };

    public Task<MessageOutcome> SendAsync(TrunkProfile trunk, string to, string text) => Line.SendMessageAsync(
        new OutboundMessage { Trunk = trunk, To = to, From = "+5550100", Text = text, Reference = "attempt-1" }, TestContext.Current.CancellationToken).WaitAsync(Patience);

    /// <summary>The next message that comes in.</summary>
    public async Task<IncomingText> NextAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        return await _texts.Reader.ReadAsync(patience.Token);
    }

    public Task<bool> ReceiveAsync(IncomingText text, CancellationToken cancel) => Task.FromResult(_texts.Writer.TryWrite(text));

    public Task<bool> ReportAsync(DeliveryNotice notice, CancellationToken cancel) => Task.FromResult(true);

    public async ValueTask DisposeAsync()
    {
        await Line.DisposeAsync();
        _authority.Dispose();
        _folder.Dispose();
    }

    private static NumberForm Plain => new() { Style = NumberStyle.E164 };
}
