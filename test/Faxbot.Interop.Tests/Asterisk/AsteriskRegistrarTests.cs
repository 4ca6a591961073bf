using Faxbot.Interop.Tests.Embedded;
using Faxbot.Lines;
using Faxbot.Lines.Embedded;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Trunks;
using Faxbot.Testing;
using Faxbot.Testing.Asterisk;
using Faxbot.Testing.Spandsp;

namespace Faxbot.Interop.Tests.Asterisk;

/// <summary>An Asterisk that our line registers at, that calls us at the registered contact, and that we call with digest.</summary>
public sealed class AsteriskRegistrarTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private static readonly TrunkCredentials Account = new() { User = AsteriskLab.Account, Password = AsteriskLab.Secret };

    [Fact]
    public async Task Faxes_both_ways_over_a_registered_trunk_whoever_asks_for_T38()
    {
        await using var lab = await AsteriskLab.StartAsync();
        await using var ami = await lab.ConnectAmiAsync();
        using var folder = new TempFolder();
        await using var line = new ReceivingLine(folder);
        foreach (var (number, inbound, outbound, options) in new (string, T38Switch, T38Switch, string[])[]
        {
            ("5550101", T38Switch.Us, T38Switch.Us, []),
            ("5550102", T38Switch.FarEnd, T38Switch.FarEnd, ["--opts", "fsz"]),
        })
        {
            await using var trunk = line.Line.Connect(Trunk(lab, new TrunkT38 { InboundSwitch = inbound, Switch = outbound }), "p");
            await trunk.WhenRegistrationAsync(status => status.IsRegistered, TestContext.Current.CancellationToken);

            var sending = lab.SendAsync(number, AsteriskLab.Sample("two-light-g4.tif"), Limit, options);
            var received = await line.NextAsync(sending);
            Assert.True(received.Outcome is { Class: OutcomeClass.Success, PagesConfirmed: 2 }, $"{received}\n{await sending}");
            Assert.Equal(inbound == T38Switch.Us, received.Switch!.ByUs);
            Assert.Equal((number, "p"), (line.Last!.CalledNumber, line.Last.Trunk?.Holder));
            Assert.Null(await TiffDiff.FindDifferenceAsync(AsteriskLab.Sample("two-light-g4.tif"), line.LastFile!));

            using var document = SampleTiff.Open(AsteriskLab.Sample("two-light-g4.tif"));
            var sent = await FinishedCall.OfAsync(line.Line.Originate(new OutboundFax { Trunk = trunk.Trunk, To = $"99910{number}", Document = document }), Limit);
            Assert.True(sent.Outcome is { Class: OutcomeClass.Success, PagesConfirmed: 2 }, $"{sent}");
        }
    }

    [Fact]
    public async Task Registers_anew_when_Asterisk_has_dropped_the_registration()
    {
        await using var lab = await AsteriskLab.StartAsync();
        await using var ami = await lab.ConnectAmiAsync();
        await using var line = EmbeddedLine.Open(FinishedCall.OnLoopback, TimeProvider.System);
        // The shortest lifetime that Asterisk takes is asked for, so that the next refresh comes soon.
        await using var trunk = line.Connect(Trunk(lab, new TrunkT38()) with { Registration = new TrunkRegistration { Expiry = TimeSpan.FromSeconds(10) } }, "p");
        await trunk.WhenRegistrationAsync(status => status.IsRegistered, TestContext.Current.CancellationToken);
        Assert.Equal(1, await ContactsAsync(ami));

        await ami.SendAsync("Action: Command\nCommand: database deltree registrar/contact");
        Assert.Equal(0, await ContactsAsync(ami));

        await Eventually.SeesAsync(() => ContactsAsync(ami), contacts => contacts > 0, TimeSpan.FromSeconds(20));
        Assert.True(trunk.Registration!.IsRegistered);
    }

    [Fact]
    public async Task A_wrong_password_is_said_in_a_sentence()
    {
        await using var lab = await AsteriskLab.StartAsync();
        await using var line = EmbeddedLine.Open(FinishedCall.OnLoopback, TimeProvider.System);
        await using var trunk = line.Connect(Trunk(lab, new TrunkT38()) with { Credentials = Account with { Password = "wrong" } }, "p");

        await trunk.WhenRegistrationAsync(status => !status.IsOpen, TestContext.Current.CancellationToken);

        Assert.Equal(["The trunk is not registered: 127.0.0.1 refused the user or the password (401 Unauthorized). Check both in the settings."], trunk.Problems);
    }

    // What Asterisk has in its database: an event tells of a contact only once.
    private static async Task<int> ContactsAsync(AsteriskAmi ami)
    {
        var id = Guid.NewGuid().ToString("N");
        await ami.SendAsync($"Action: PJSIPShowContacts\nActionID: {id}");
        var answer = await ami.WaitAsync(m => m["ActionID"] == id && (m["Event"] == "ContactListComplete" || m["Response"] == "Error"), TimeSpan.FromSeconds(10));
        return int.Parse(answer["ListItems"] is { Length: > 0 } items ? items : "0", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static TrunkProfile Trunk(AsteriskLab lab, TrunkT38 t38) => FinishedCall.Trunk(lab.SipPort, t38) with
    {
        Credentials = Account,
        Registration = new TrunkRegistration(),
        Caller = new TrunkCaller { User = AsteriskLab.Account },
    };

    /// <summary>A line that keeps what it receives.</summary>
    private sealed class ReceivingLine : IAsyncDisposable
    {
        private readonly System.Threading.Channels.Channel<FaxCall> _calls = System.Threading.Channels.Channel.CreateUnbounded<FaxCall>();

        public ReceivingLine(TempFolder folder) => Line = EmbeddedLine.Open(FinishedCall.OnLoopback, TimeProvider.System, fax =>
        {
            Last = fax;
            if (fax.Trunk is null) return new IncomingDecision.Reject(403);
            LastFile = folder.Of($"{fax.CalledNumber}.tif");
            return new IncomingDecision.Accept(new ReceivedTiff(LastFile), call => _calls.Writer.TryWrite(call));
        });

        public EmbeddedLine Line { get; }

        public IncomingFax? Last { get; private set; }

        public string? LastFile { get; private set; }

        /// <summary>The next call, over.</summary>
        public async Task<FinishedCall> NextAsync(Task<AmiMessage> sending)
        {
            var next = _calls.Reader.ReadAsync().AsTask();
            // A call that never comes shows in what Asterisk says.
            if (await Task.WhenAny(sending, next) == sending) Assert.Fail($"{await sending} {Last}");
            return await FinishedCall.OfAsync(await next, Limit);
        }

        public ValueTask DisposeAsync() => Line.DisposeAsync();
    }
}
