using Faxbot.Lines;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Trunks;
using Faxbot.Testing.Messages;

namespace Faxbot.Interop.Tests.Messages;

/// <summary>Text messages to and from baresip.</summary>
public sealed class BaresipMessageTests
{
    [Theory]
    [InlineData(TrunkTransport.Udp)]
    [InlineData(TrunkTransport.Tcp)]
    [InlineData(TrunkTransport.Tls)]
    public async Task Messages_go_to_baresip_and_come_from_it(TrunkTransport transport)
    {
        await using var line = new MessageLine();
        await using var baresip = await BaresipPeer.StartAsync(line.Uri("5550100", transport), line.Certificate);
        await using var trunk = line.Line.Connect(
            MessageLine.Trunk(transport == TrunkTransport.Tls ? baresip.TlsPort : baresip.SipPort, transport), "baresip", TrunkTraffic.Messages);

        var outcome = await line.SendAsync(trunk.Trunk, "+" + BaresipPeer.User, "grüße an baresip");
        Assert.True(outcome.State == MessageState.Sent, $"{outcome}\n{baresip.Output}");
        await baresip.WaitForTextAsync("grüße an baresip");

        await baresip.SendAsync("grüße von baresip");
        var received = await line.NextAsync();
        Assert.Equal(("grüße von baresip", BaresipPeer.User, "5550100"), (received.Text, received.From, received.To));
    }

    [Fact]
    public async Task What_baresip_does_not_know_in_its_wrapping_gets_there_without()
    {
        await using var line = new MessageLine();
        await using var baresip = await BaresipPeer.StartAsync(line.Uri("5550100", TrunkTransport.Udp));
        var trunk = MessageLine.Trunk(baresip.SipPort, TrunkTransport.Udp) with { Messages = new TrunkMessages { DeliveryNotices = true } };

        var outcome = await line.SendAsync(trunk, "+" + BaresipPeer.User, "plain after all");

        Assert.True(outcome.State == MessageState.Sent, $"{outcome}\n{baresip.Output}");
        await baresip.WaitForTextAsync("plain after all");
    }
}
