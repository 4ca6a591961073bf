using Faxbot.Plugins.Tests.Packages;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Plugins.Tests.Trunks;

public sealed class ProviderTrunkTests
{
    [Fact]
    public void Twilio_goes_to_the_edge_first_and_past_it_then()
    {
        var servers = ProviderPackage.Find("Faxbot.Twilio.Fax").Fill("trunk.json", """{ "trunk_name": "acme", "edge": "tokyo", "transport": "tls" }""").Servers;

        Assert.Equal(
            [("pstn.tokyo.twilio.com", TrunkDns.Srv, TrunkTransport.Tls, 0), ("acme.pstn.twilio.com", TrunkDns.A, TrunkTransport.Tls, 1)],
            servers.Select(server => (server.Host, server.Dns, server.Transport, server.Priority)));
    }

    [Fact]
    public void Telnyx_has_ten_seconds_to_ask_for_T38_and_is_asked_when_it_calls()
    {
        var t38 = ProviderPackage.Find("Faxbot.Sip.Telnyx").Fill("trunk.json", "{}").T38;

        Assert.Equal((T38Switch.Either, TimeSpan.FromSeconds(10), T38Switch.Us), (t38.Switch, t38.SwitchAfter, t38.InboundSwitch));
    }

    [Theory]
    [InlineData("403 Caller Origination Number is Invalid D35", OutcomeClass.Rejected)]
    [InlineData("403 No outbound profile D38", OutcomeClass.Rejected)]
    [InlineData("403 Channel limit D1", OutcomeClass.Congestion)]
    [InlineData("404 Billing D19", OutcomeClass.Rejected)]
    [InlineData("503 No route PE2", OutcomeClass.Congestion)]
    public void Telnyx_codes_have_a_meaning(string answer, OutcomeClass expected)
    {
        var failures = ProviderPackage.Find("Faxbot.Sip.Telnyx").Fill("trunk.json", "{}").Failures;
        var status = int.Parse(answer[..3], System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(expected, failures.First(rule => rule.Status == status && answer.Contains(rule.Contains!, StringComparison.OrdinalIgnoreCase)).Class);
    }

    [Fact]
    public void Flowroute_has_a_price_in_steps_of_six_seconds()
    {
        var rates = ProviderPackage.Find("Faxbot.Sip.Flowroute").Fill("trunk.json", """{ "tech_prefix": "12345678" }""").Rates!;

        Assert.Equal(0.00833m * 0.7m, rates.Estimate("+12065550123", TimeSpan.FromSeconds(41)));
        Assert.Null(rates.Estimate("+442079460123", TimeSpan.FromSeconds(41)));
    }

    [Fact]
    public void VoIPms_registers_for_three_minutes_unless_told_otherwise()
    {
        var profile = ProviderPackage.AnyTrunk.Fill("trunks/voipms.json", """{ "pop": "london", "username": "u", "password": "p", "register": true }""");

        Assert.Equal(TimeSpan.FromMinutes(3), profile.Registration!.Expiry);
    }

    [Fact]
    public void Any_value_can_be_set_by_hand()
    {
        var profile = ProviderPackage.Find("Faxbot.Sip.Flowroute").Fill("trunk.json",
            """{ "tech_prefix": "12345678", "trunk": { "t38": { "max_datagram": 1400, "ecm": false }, "inbound": { "networks": ["203.0.113.0/24"] } } }""");

        Assert.Equal((1400, false, "203.0.113.0/24"), (profile.T38.MaxDatagram, profile.T38.Ecm, Assert.Single(profile.Inbound.Networks)));
    }
}
