using System.Net;
using Faxbot.Imaging.Pages;
using Faxbot.Lines.Embedded.Signalling;
using Faxbot.Lines.Embedded.Trunks;
using Faxbot.Sdk.Trunks;
using Faxbot.Sip.Calls;
using Faxbot.Sip.Messages;
using Faxbot.Sip.Transports;
using Faxbot.Testing.Faxes;

namespace Faxbot.Lines.Tests.Embedded.Signalling;

/// <summary>What a trunk reads in our INVITE.</summary>
public sealed class InviteComposerTests
{
    private static readonly IPEndPoint Local = IPEndPoint.Parse("192.0.2.1:5060");

    [Fact]
    public void Without_a_domain_the_server_stands_in_the_address()
    {
        var invite = Compose(Trunk() with { Servers = [new TrunkServer { Host = "10.0.0.1", Port = 5080 }] });

        Assert.Equal("sip:+12065550100@10.0.0.1:5080", invite.RequestUri.ToString());
        Assert.Equal("<sip:+14255550199@192.0.2.1>", invite.From.ToString());
        Assert.Null(invite.To);
    }

    [Fact]
    public void A_domain_stands_in_all_addresses_and_the_port_in_none()
    {
        var invite = Compose(Trunk() with { Domain = "acme.pstn.example", Servers = [new TrunkServer { Host = "edge.example", Port = 5080 }] });

        Assert.Equal("sip:+12065550100@acme.pstn.example", invite.RequestUri.ToString());
        Assert.Equal("<sip:+14255550199@acme.pstn.example>", invite.From.ToString());
    }

    [Fact]
    public void Each_header_field_has_its_own_form_of_number()
    {
        var invite = Compose(Trunk() with
        {
            Domain = "trunk.example",
            Numbers = new TrunkNumbers
            {
                RequestUri = new NumberForm { Style = NumberStyle.E164, Prefix = "12345678*", Parameters = new Dictionary<string, string> { ["user"] = "phone" } },
                To = new NumberForm { Style = NumberStyle.Nanp10 },
                From = new NumberForm { Style = NumberStyle.Nanp11 },
                Identity = new NumberForm(),
            },
            Caller = new TrunkCaller { User = "account7", DisplayName = "Clinic", Headers = [CallerHeader.PAssertedIdentity, CallerHeader.RemotePartyId] },
        });

        Assert.Equal("sip:12345678*12065550100@trunk.example;user=phone", invite.RequestUri.ToString());
        Assert.Equal("<sip:2065550100@trunk.example>", invite.To!.ToString());
        Assert.Equal("Clinic <sip:account7@trunk.example>", invite.From.ToString());
        Assert.Equal(
            [
                "P-Asserted-Identity: Clinic <sip:+14255550199@trunk.example>",
                "Remote-Party-ID: Clinic <sip:+14255550199@trunk.example>;party=calling;screen=yes;privacy=off",
            ],
            Headers(invite));
    }

    [Fact]
    public void A_private_caller_is_known_to_the_trunk_alone()
    {
        var invite = Compose(Trunk() with { Domain = "trunk.example", Caller = new TrunkCaller { Private = true, Headers = [CallerHeader.PAssertedIdentity] } });

        Assert.Equal("Anonymous <sip:anonymous@anonymous.invalid>", invite.From.ToString());
        Assert.Equal(["P-Asserted-Identity: <sip:+14255550199@trunk.example>", "Privacy: id"], Headers(invite));
    }

    [Fact]
    public void The_attempt_can_stand_in_a_header_and_fax_devices_can_be_preferred()
    {
        var invite = Compose(Trunk() with
        {
            Headers = new Dictionary<string, string> { ["X-Tag"] = "fax-{attempt}" },
            Signalling = new TrunkSignalling { PreferFax = true },
        });

        Assert.Equal(["Accept-Contact: *;+sip.fax=\"t38\"", "X-Tag: fax-attempt7"], Headers(invite));
    }

    [Fact]
    public void The_trunks_own_number_calls_for_faxes_without_one() =>
        Assert.Equal("<sip:+14255550100@192.0.2.1>", Compose(Trunk() with { Caller = new TrunkCaller { Number = "+14255550100" } }, from: null).From.ToString());

    [Theory]
    [InlineData("sip:x@trunk.example", true)]
    [InlineData("sip:x@10.0.0.1:5090", true)]
    [InlineData("sip:x@premium.example", false)]
    public void Redirections_are_followed_within_the_trunk(string contact, bool followed)
    {
        var invite = Compose(Trunk() with { Domain = "trunk.example", Signalling = new TrunkSignalling { Redirects = RedirectPolicy.SameTrunk } });

        Assert.Equal(followed, invite.MayFollow!(SipUri.Parse(contact)));
    }

    [Theory]
    [InlineData(SipTransport.Udp, "sip:line1@203.0.113.9:1024")]
    [InlineData(SipTransport.Tcp, null)]
    public void A_registered_trunk_is_called_over_its_service_route_and_with_its_contact_where_the_transport_is_the_same(SipTransport registered, string? contact)
    {
        var flow = new RegisteredFlow(registered, new SipNameAddr(SipUri.Parse("sip:line1@203.0.113.9:1024")), [SipUri.Parse("sip:p1.trunk.example;lr")]);

        var invite = Compose(Trunk(), flow: flow);

        Assert.Equal("sip:p1.trunk.example;lr", Assert.Single(invite.Route).ToString());
        Assert.Equal(contact, invite.Contact?.Uri.ToString());
    }

    private static TrunkProfile Trunk() => new() { Servers = [new TrunkServer { Host = "10.0.0.1" }] };

    private static string[] Headers(InviteRequest invite) => [.. invite.Headers.Select(header => $"{header.Name}: {header.Value}")];

    private static InviteRequest Compose(TrunkProfile trunk, string? from = "+14255550199", RegisteredFlow? flow = null)
    {
        using var document = new BitmapDocument(FaxResolution.Standard, SamplePages.Text(1728, 100, 1));
        var fax = new OutboundFax { Trunk = trunk, To = "+12065550100", From = from, Document = document, Reference = "attempt7" };
        return InviteComposer.Compose(fax.Target, trunk.Servers[0], IPEndPoint.Parse("10.0.0.1:5060"), Local, SipBody.FromSdp("offer"), flow)!;
    }
}
