using System.Net;
using Faxbot.Imaging.Pages;
using Faxbot.Lines.Embedded;
using Faxbot.Sdk.Trunks;
using Faxbot.Testing.Faxes;
using Faxbot.Testing.Peers;

namespace Faxbot.Lines.Tests.Embedded.Trunks;

/// <summary>Our line registers at a registrar on loopback.</summary>
public sealed class RegisteredTrunkTests : IAsyncDisposable
{
    private const string Password = "a-secret";
    private readonly LoopbackRegistrar _registrar = new(Password);
    private readonly EmbeddedLine _line = EmbeddedLine.Open(new EmbeddedLineOptions { Bind = new IPEndPoint(IPAddress.Loopback, 0) }, TimeProvider.System);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _line.DisposeAsync();
        await _registrar.DisposeAsync();
    }

    [Fact]
    public async Task Registers_with_digest_and_unregisters_at_the_end()
    {
        var trunk = _line.Connect(Trunk("line1"), "p");
        var status = await Answered(trunk);

        Assert.True(status is { IsRegistered: true, Problem: null }, $"{status}");
        Assert.Equal(_line.LocalEndPoint.Port, _registrar.Bindings["line1"].Uri.Port);
        Assert.True(trunk.IsUsable);
        await trunk.DisposeAsync();
        Assert.Empty(_registrar.Bindings);
    }

    [Fact]
    public async Task Says_that_the_password_is_wrong()
    {
        await using var trunk = _line.Connect(Trunk("line1", "wrong"), "p");

        await Answered(trunk);

        Assert.False(trunk.IsUsable);
        Assert.Equal(
            ["The trunk is not registered: 127.0.0.1 forbids it (403 Wrong password). Check user and password, and whether the account may register from this machine's address."],
            trunk.Problems);
    }

    [Fact]
    public async Task A_second_holder_does_not_unregister_the_first()
    {
        await using var running = _line.Connect(Trunk("line1"), "p");
        await Answered(running);
        var check = _line.Connect(Trunk("line1"), "p");
        await Answered(check);

        await check.DisposeAsync();

        Assert.Single(_registrar.Bindings);
        Assert.Equal(1, _registrar.Registers);
        Assert.True(running.Registration!.IsRegistered);
    }

    [Fact]
    public async Task The_newest_settings_hold_and_the_former_come_back_when_they_go()
    {
        await using var running = _line.Connect(Trunk("line1"), "p");
        await Answered(running);
        var check = _line.Connect(Trunk("line1", "wrong"), "p");
        var refused = await check.WhenRegistrationAsync(status => status.Problem is not null, Cancel);
        Assert.Contains("403", refused!.Problem, StringComparison.Ordinal);

        await check.DisposeAsync();

        await running.WhenRegistrationAsync(status => status.IsRegistered, Cancel);
        Assert.Single(_registrar.Bindings);
    }

    [Fact]
    public async Task Another_contact_takes_the_place_of_the_former_one()
    {
        await using var running = _line.Connect(Trunk("line1"), "p");
        await Answered(running);
        await using var changed = _line.Connect(Trunk("line1") with { Registration = new TrunkRegistration { ContactUser = "fax" } }, "p");
        await changed.WhenRegistrationAsync(status => status.IsRegistered, Cancel);

        Assert.Equal("fax", _registrar.Bindings["line1"].Uri.User);
    }

    [Fact]
    public async Task Calls_pass_the_service_route_and_name_the_contact_that_the_registrar_sees()
    {
        (_registrar.SeenAs, _registrar.ServiceRoute) = (IPEndPoint.Parse("203.0.113.9:1024"), "<sip:p1.trunk.example;lr>, <sip:p2.trunk.example;lr>");
        await using var trunk = _line.Connect(Trunk("line1"), "p");
        await Answered(trunk);

        await CallAsync(Trunk("line1"));
        await CallAsync(Trunk("line1") with { Registration = new TrunkRegistration { ContactUser = "other" } });

        Assert.Equal(["<sip:p1.trunk.example;lr>", "<sip:p2.trunk.example;lr>"], _registrar.Invites.First().Headers.Routes.Select(route => route.ToString()));
        Assert.Equal("sip:line1@203.0.113.9:1024", _registrar.Invites.First().Headers.Contact!.Uri.ToString());
        // Settings that are not in force have nothing of it.
        Assert.Empty(_registrar.Invites.Last().Headers.Routes);
        Assert.Equal("127.0.0.1", _registrar.Invites.Last().Headers.Contact!.Uri.Host);
    }

    [Fact]
    public async Task Calls_after_the_registration_has_gone_have_nothing_of_it()
    {
        _registrar.ServiceRoute = "<sip:p1.trunk.example;lr>";
        var trunk = _line.Connect(Trunk("line1"), "p");
        await Answered(trunk);
        await trunk.DisposeAsync();

        await CallAsync(Trunk("line1"));

        Assert.Empty(Assert.Single(_registrar.Invites).Headers.Routes);
    }

    [Fact]
    public async Task A_registrar_that_says_nothing_is_given_up_after_the_trunks_own_time()
    {
        await using var silent = new LoopbackRegistrar(Password) { IsSilent = true };
        var patient = Trunk("line1");
        await using var trunk = _line.Connect(
            patient with
            {
                Servers = [new TrunkServer { Host = "127.0.0.1", Port = silent.EndPoint.Port }, .. patient.Servers],
                Signalling = new TrunkSignalling { ServerTimeout = TimeSpan.FromMilliseconds(200) },
            },
            "p");

        // Timer F would take 32 seconds.
        await trunk.WhenRegistrationAsync(status => status.IsRegistered, Cancel).WaitAsync(TimeSpan.FromSeconds(20), Cancel);

        Assert.Single(_registrar.Bindings);
    }

    [Fact]
    public async Task Says_that_a_registrar_has_no_address()
    {
        await using var trunk = _line.Connect(Trunk("line1") with { Servers = [new TrunkServer { Host = "no-such-host.invalid" }] }, "p");

        await Answered(trunk);

        Assert.Equal(["The trunk is not registered: the name no-such-host.invalid has no address. Check it and this machine's name service."], trunk.Problems);
    }

    private static async Task<RegistrationStatus> Answered(TrunkConnection trunk) => (await trunk.WhenRegistrationAsync(status => !status.IsOpen, Cancel))!;

    private async Task CallAsync(TrunkProfile trunk)
    {
        using var document = new BitmapDocument(FaxResolution.Standard, SamplePages.Text(1728, 50, 1));
        await _line.Originate(new OutboundFax { Trunk = trunk, To = "+12065550100", From = "+14255550199", Document = document }).Completion.WaitAsync(TimeSpan.FromMinutes(1), Cancel);
    }

    private TrunkProfile Trunk(string user, string password = Password) => new()
    {
        Servers = [new TrunkServer { Host = "127.0.0.1", Port = _registrar.EndPoint.Port }],
        Credentials = new TrunkCredentials { User = user, Password = password },
        Registration = new TrunkRegistration(),
    };
}
