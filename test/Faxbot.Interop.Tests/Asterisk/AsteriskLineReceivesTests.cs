using System.Collections.Concurrent;
using System.Threading.Channels;
using Faxbot.Lines.Asterisk;
using Faxbot.Lines.Asterisk.Messages;
using Faxbot.Sdk.Trunks;
using Faxbot.Testing;
using Faxbot.Testing.Asterisk;
using Faxbot.Testing.Spandsp;

namespace Faxbot.Interop.Tests.Asterisk;

/// <summary>Faxes and messages that come in over an Asterisk: each is handed over once, whether or not anybody saw its event.</summary>
public sealed class AsteriskLineReceivesTests(SharedAsterisk shared)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly string Sample = AsteriskLab.Sample("two-light-g4.tif");

    [Fact]
    public async Task Each_fax_is_handed_over_once_though_its_event_was_missed()
    {
        var far = await shared.OpenAsync();
        await using var near = await FaxingAsterisk.StartAsync();
        using var folder = new TempFolder();
        var taken = new Taken(folder);

        var missed = far.SendAsync(near.Lab.Uri("49301001"), Sample, Limit);
        Assert.Equal("SUCCESS", (await missed)["Status"]);
        Assert.Single(near.Files("in"));
        // Meanwhile the folder is looked through many times, while the second fax is on its way.
        await using var line = near.OpenLine(taken.Receiver, scan: TimeSpan.FromSeconds(1));
        var seen = await far.SendAsync(near.Lab.Uri("+49301002"), Sample, Limit, "--caller", "5550177");
        Assert.Equal("SUCCESS", seen["Status"]);

        var faxes = new[] { await taken.NextAsync(), await taken.NextAsync() };

        Assert.Equal(["49301001", "+49301002"], faxes.Select(fax => fax.Called));
        Assert.Equal(["5550100", "5550177"], faxes.Select(fax => fax.Calling));
        Assert.All(faxes, fax => Assert.Equal((2, true, "asterisk-lab", FaxingAsterisk.Endpoint), (fax.Pages, fax.IsComplete, fax.FarIdentity, fax.Endpoint)));
        foreach (var copy in taken.Copies) Assert.Null(await TiffDiff.FindDifferenceAsync(Sample, copy));
        await line.DisposeAsync();
        Assert.Empty(near.Files("in"));
        await using var later = near.OpenLine(taken.Receiver);
        await SentAsync(later, near);
        Assert.Equal(3, taken.Offers);
    }

    [Fact]
    public async Task Messages_come_in_and_go_out()
    {
        var far = await shared.OpenAsync();
        await using var near = await FaxingAsterisk.StartAsync();
        var texts = Channel.CreateUnbounded<ReceivedMessage>();
        var receiver = new AsteriskReceiver { StoreFaxAsync = (_, _) => Task.FromResult(false), StoreMessageAsync = (text, _) => Task.FromResult(texts.Writer.TryWrite(text)) };
        await using var ami = await far.ConnectAmiAsync();
        await using var line = near.OpenLine(receiver, user: "lab");
        var body = string.Concat(Enumerable.Repeat("Größe, \"B\"; C\n", 40));

        await ami.SendAsync($"Action: MessageSend\nActionID: m1\nTo: pjsip:peer/sip:49301234@127.0.0.1:{near.Lab.SipPort}\nFrom: sip:5550100@127.0.0.1:{far.SipPort}\nBase64Body: {Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(body))}");
        var text = await texts.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Limit, TestContext.Current.CancellationToken);
        var trunk = new TrunkProfile { Servers = [new TrunkServer { Host = "127.0.0.1", Port = far.SipPort }] };
        var sent = await line.SendMessageAsync(new OutboundText(trunk, FaxingAsterisk.Endpoint, "99990741", "+15550100", "Good news, everyone: \"it works\""), TestContext.Current.CancellationToken);
        var arrived = await ami.WaitAsync(happened => happened["UserEvent"] == "LabMessage" && happened["To"].Contains("99990741", StringComparison.Ordinal), Limit);

        Assert.Equal(("49301234", "5550100", body.Trim()), (text.Called, text.Calling, text.Text));
        Assert.True(sent is { IsAccepted: true, Problem: null }, sent.ToString());
        Assert.Equal("Good news, everyone: \"it works\"", System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(arrived["Base64Body"])));
    }

    // A line that has its outcome has looked through the folder before.
    private static async Task SentAsync(AsteriskLine line, FaxingAsterisk near)
    {
        var fax = FaxingAsterisk.Fax(near.Lab, "i");
        using var document = fax.Document;
        await line.Originate(fax, "nobody").Completion.WaitAsync(Limit, TestContext.Current.CancellationToken);
    }

    // Refuses each fax when it is offered first.
    private sealed class Taken(TempFolder folder)
    {
        private readonly Channel<ReceivedFax> _faxes = Channel.CreateUnbounded<ReceivedFax>();
        private readonly ConcurrentDictionary<string, byte> _offered = new();
        private int _offers;

        public int Offers => _offers;

        public ConcurrentQueue<string> Copies { get; } = [];

        public AsteriskReceiver Receiver => new() { StoreFaxAsync = StoreAsync };

        public async Task<ReceivedFax> NextAsync() => await _faxes.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Limit, TestContext.Current.CancellationToken);

        private Task<bool> StoreAsync(ReceivedFax fax, CancellationToken cancel)
        {
            Interlocked.Increment(ref _offers);
            if (_offered.TryAdd(fax.Id, 0) && _offered.Count == 1) return Task.FromResult(false);
            var copy = folder.Of($"{Copies.Count}.tif");
            File.Copy(fax.File, copy);
            Copies.Enqueue(copy);
            _faxes.Writer.TryWrite(fax);
            return Task.FromResult(true);
        }
    }
}
