using System.Net;
using Faxbot.Lines;
using Faxbot.Lines.Embedded;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Trunks;
using Faxbot.Server.Lines;
using Faxbot.Server.Tests.Plugins;
using Microsoft.Extensions.Time.Testing;

namespace Faxbot.Server.Tests.Lines;

/// <summary>What comes in over a trunk, on its way to the gateway's messages.</summary>
public sealed class TextReceptionTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly CapturedLog _log = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_belongs_to_the_plugin_of_its_trunk()
    {
        await using var line = EmbeddedLine.Open(new EmbeddedLineOptions { Bind = new IPEndPoint(IPAddress.Loopback, 0) }, TimeProvider.System);
        await using var trunk = line.Connect(new TrunkProfile { Servers = [new TrunkServer { Host = "192.0.2.1" }] }, "faxbot-sip-message", TrunkTraffic.Messages);
        var inbox = new KeptMessages();
        var reception = new TextReception(inbox, _time, _log.For<TextReception>());

        Assert.True(await reception.ReceiveAsync(new IncomingText(trunk, "id-1", "+15550100", "+15550142", "Hello"), Cancel));
        Assert.True(await reception.ReportAsync(new DeliveryNotice(trunk, "attempt-1", MessageState.Undelivered), Cancel));

        Assert.Equal(["faxbot-sip-message id-1 Hello", "faxbot-sip-message attempt-1 Undelivered"], inbox.Kept);
    }

    [Fact]
    public async Task What_cannot_be_stored_is_told_to_the_operator_and_not_called_kept()
    {
        await using var line = EmbeddedLine.Open(new EmbeddedLineOptions { Bind = new IPEndPoint(IPAddress.Loopback, 0) }, TimeProvider.System);
        await using var trunk = line.Connect(new TrunkProfile { Servers = [new TrunkServer { Host = "192.0.2.1" }] }, "p", TrunkTraffic.Messages);
        var reception = new TextReception(new KeptMessages { Refusal = new IOException("The disk is full.") }, _time, _log.For<TextReception>());

        Assert.False(await reception.ReceiveAsync(new IncomingText(trunk, "id-1", "+15550100", "+15550142", "Hello"), Cancel));

        Assert.Equal("Error 1595 A text message that came in over the trunk of p could not be stored; its sender was asked to try again", Assert.Single(_log.Lines));
    }
}
