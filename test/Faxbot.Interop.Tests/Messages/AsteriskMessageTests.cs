using System.Text;
using System.Text.RegularExpressions;
using Faxbot.Lines;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Trunks;
using Faxbot.Testing;
using Faxbot.Testing.Asterisk;

namespace Faxbot.Interop.Tests.Messages;

/// <summary>Text messages to and from Asterisk.</summary>
public sealed partial class AsteriskMessageTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly MessageLine _line = new();
    private AsteriskLab _lab = null!;

    public async ValueTask InitializeAsync() => _lab = await AsteriskLab.StartAsync(new AsteriskLabOptions { TlsCertificate = _line.Certificate, Trace = true });

    public async ValueTask DisposeAsync()
    {
        await _lab.DisposeAsync();
        await _line.DisposeAsync();
    }

    [Theory]
    [InlineData(TrunkTransport.Udp)]
    [InlineData(TrunkTransport.Tcp)]
    [InlineData(TrunkTransport.Tls)]
    public async Task Messages_go_to_Asterisk_and_come_from_it(TrunkTransport transport)
    {
        await using var ami = await _lab.ConnectAmiAsync();
        await using var trunk = _line.Line.Connect(Trunk(transport), "asterisk", TrunkTraffic.Messages);

        var outcome = await _line.SendAsync(trunk.Trunk, "+99990001", "grüße an Asterisk");
        Assert.True(outcome.State == MessageState.Sent, $"{outcome}\n{await _lab.ReadLogAsync()}");
        var came = await ami.WaitAsync(message => message["UserEvent"] == "LabMessage", Patience);
        Assert.Equal("grüße an Asterisk", Encoding.UTF8.GetString(Convert.FromBase64String(came["Base64Body"])));

        await ami.SendAsync($"""
            Action: MessageSend
            To: pjsip:peer/{_line.Uri("5550100", transport)}
            From: sip:5550142@127.0.0.1:{_lab.SipPort}
            Base64Body: {Convert.ToBase64String(Encoding.UTF8.GetBytes("grüße von Asterisk"))}
            """);
        var received = await _line.NextAsync();
        Assert.Equal(("grüße von Asterisk", "5550142", "5550100"), (received.Text, received.From, received.To));
    }

    [Fact]
    public async Task Many_messages_to_one_number_get_there_in_order_and_come_back_each_once()
    {
        await using var trunk = _line.Line.Connect(Trunk(TrunkTransport.Udp), "asterisk", TrunkTraffic.Messages);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => _line.SendAsync(trunk.Trunk, "+99910001", $"{number}")));

        List<string> echoes = [];
        while (echoes.Count < 20) echoes.Add((await _line.NextAsync()).Text);
        Assert.Equal(Enumerable.Range(0, 20).Select(number => $"echo: {number}").Order(StringComparer.Ordinal), echoes.Order(StringComparer.Ordinal));
        // Asterisk answers before it gives a message to its dialplan, and sends its echoes side by side: what came in is the order of ours.
        var came = await Eventually.SeesAsync(CameAsync, all => all.Count == 20, Patience);
        Assert.Equal(Enumerable.Range(0, 20).Select(number => $"{number}"), came);
    }

    [Theory]
    [InlineData(AsteriskLab.Secret, MessageState.Sent)]
    [InlineData("wrong", MessageState.Undelivered)]
    public async Task The_account_is_proven_by_its_digest(string password, MessageState expected)
    {
        var trunk = Trunk(TrunkTransport.Udp) with
        {
            Credentials = new TrunkCredentials { User = AsteriskLab.Account, Password = password },
            Caller = new TrunkCaller { User = AsteriskLab.Account },
        };

        var outcome = await _line.SendAsync(trunk, "+99990002", "hello");

        Assert.True(outcome.State == expected, $"{outcome}\n{await _lab.ReadLogAsync()}");
        if (expected != MessageState.Sent) Assert.Equal((OutcomeClass.Rejected, OutcomeParty.Trunk), (outcome.Failure!.Class, outcome.Failure.Party));
    }

    // One that is repeated stands there twice.
    private async Task<IReadOnlyList<string>> CameAsync() => [.. Received().Matches(await _lab.ReadLogAsync()).Select(message => message.Groups["body"].Value).Distinct()];

    private TrunkProfile Trunk(TrunkTransport transport) => MessageLine.Trunk(transport == TrunkTransport.Tls ? _lab.TlsPort : _lab.SipPort, transport);

    [GeneratedRegex(@"<--- Received SIP request [^\n]*\nMESSAGE sip:\+?99910001@(?:[^\r\n]+\r?\n)+\r?\n(?<body>\d+)")]
    private static partial Regex Received();
}
