using System.Net;
using Faxbot.Lines.Asterisk;
using Faxbot.Lines.Asterisk.Configuration;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Lines.Tests.Asterisk.Configuration;

public sealed class AsteriskFilesTests
{
    private static readonly AsteriskServer Server = new()
    {
        Name = "pbx", Host = "192.0.2.1", User = "faxbot", Secret = "s;cret", FolderHere = "/srv/faxbot", FolderThere = "/var/spool/asterisk/faxbot",
    };

    private static readonly TrunkProfile Trunk = new() { Servers = [new TrunkServer { Host = "sip.example" }] };

    [Fact]
    public void There_is_a_file_for_each_of_Asterisks_own_that_has_to_include_one()
    {
        var files = Render(Trunk);

        Assert.Equal(["pjsip.conf", "udptl.conf", "manager.conf", "extensions.conf"], files.Select(file => file.IncludeIn));
        Assert.All(files, file => Assert.Equal($"#include {file.Name}", file.IncludeLine));
        Assert.Contains("/var/spool/asterisk/faxbot/in/", files[3].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_manager_user_is_let_in_from_the_gateway_alone_and_gets_no_shell()
    {
        var manager = Render(Trunk)[2].Text;

        Assert.Contains(
            """
            [faxbot]
            secret = s\;cret
            deny = 0.0.0.0/0.0.0.0
            deny = ::/0
            permit = 192.0.2.7/255.255.255.255
            read = call,user,system,message
            write = call,originate,user,system,message

            """,
            manager,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_machine_wide_settings_are_those_of_the_most_demanding_trunk()
    {
        var files = AsteriskFiles.Render(
            [("a", Trunk), ("b", Trunk with { T38 = new TrunkT38 { ImageRedundancy = 8, EvenPorts = true } })], Server, null, out _);

        Assert.Contains("udptlfecentries = 5\nudptlfecspan = 5\nuse_even_ports = yes\n", files[1].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("t38_udptl = yes", T38Support.Unknown)]
    [InlineData("t38_udptl = no", T38Support.AudioOnly)]
    public void T38_is_on_where_the_trunk_may_carry_it(string line, T38Support support) =>
        Assert.Contains(line, Render(Trunk with { T38 = new TrunkT38 { Support = support } })[0].Text, StringComparison.Ordinal);

    [Fact]
    public void A_trunk_with_a_domain_is_reached_over_its_server()
    {
        var pjsip = Render(new TrunkProfile { Domain = "carrier.example", Servers = [new TrunkServer { Host = "192.0.2.9", Port = 5080, Transport = TrunkTransport.Tcp }] })[0].Text;

        Assert.Contains("contact = sip:carrier.example\n", pjsip, StringComparison.Ordinal);
        Assert.Contains("outbound_proxy = sip:192.0.2.9:5080\\;transport=tcp\\;lr\n", pjsip, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_is_the_trunk_by_the_name_in_From()
    {
        var pjsip = Render(Trunk)[0].Text;

        Assert.Contains("identify_by = ip\n", pjsip, StringComparison.Ordinal);
        Assert.DoesNotContain("type = identify", pjsip, StringComparison.Ordinal);
        Assert.Contains("match = 198.51.100.0/24\n", Render(Trunk with { Inbound = new TrunkInbound { Networks = ["198.51.100.0/24"] } })[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_comes_from_a_network_that_two_trunks_have_comes_over_the_first_one()
    {
        TrunkProfile In(params string[] networks) => Trunk with { Inbound = new TrunkInbound { Networks = networks } };

        var pjsip = AsteriskFiles.Render([("fax", In("198.51.100.0/24")), ("sms", In("198.51.100.0/24", "203.0.113.0/24"))], Server, null, out _)[0].Text;

        Assert.Contains("endpoint = fax\nmatch = 198.51.100.0/24\n\n", pjsip, StringComparison.Ordinal);
        Assert.Contains("; What comes from 198.51.100.0/24 comes over the endpoint fax.\n", pjsip, StringComparison.Ordinal);
        Assert.Contains("endpoint = sms\nmatch = 203.0.113.0/24\n", pjsip, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_that_Asterisk_cannot_hold_writes_nothing()
    {
        var trunk = Trunk with { Credentials = new TrunkCredentials { User = "u", Password = "p\n[evil]" } };

        var files = AsteriskFiles.Render([("faxbot-sip", trunk)], Server, null, out var problems);

        Assert.Empty(files);
        Assert.Equal(("faxbot-sip-account", "password"), (Assert.Single(problems).Section, problems[0].Key));
    }

    [Fact]
    public void What_does_not_hold_over_Asterisk_is_told_and_what_is_left_at_the_default_is_not()
    {
        Assert.Empty(AsteriskDifferences.Of(Trunk));
        Assert.Contains("t38.in_first_offer", Assert.Single(AsteriskDifferences.Of(Trunk with { T38 = new TrunkT38 { InFirstOffer = true } })), StringComparison.Ordinal);
        Assert.Contains("; t38.paced does not hold", Render(Trunk with { T38 = new TrunkT38 { Paced = false } })[0].Text, StringComparison.Ordinal);
    }

    private static IReadOnlyList<AsteriskFile> Render(TrunkProfile trunk)
    {
        var files = AsteriskFiles.Render([("faxbot-sip", trunk)], Server, IPAddress.Parse("192.0.2.7"), out var problems);
        Assert.Empty(problems);
        return files;
    }
}
