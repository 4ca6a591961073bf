namespace Faxbot.Plugins.Tests.Trunks;

/// <summary>How each provider's INVITE is written, letter for letter; one that is written otherwise is refused there, or goes to somebody else.</summary>
public sealed class ProviderInviteTests
{
    private const string Own = "+12065550100";

    [Theory]
    [InlineData("+12065550123", "sip:+12065550123@192.0.2.1")]
    [InlineData("+442079460123", "sip:+442079460123@192.0.2.1")]
    [InlineData("+4930901820", "sip:+4930901820@192.0.2.1")]
    public void Bandwidth_has_a_plus_sign_and_the_address_of_its_SBC(string to, string requestUri)
    {
        var invite = WrittenInvite.Of("Faxbot.Sip.Bandwidth", "trunk.json", """{ "sbc_primary": "192.0.2.1", "sbc_alternate": "192.0.2.2" }""", to, Own);

        Assert.Equal((requestUri, "<sip:+12065550100@198.51.100.7>"), (invite.RequestUri, invite.From));
        Assert.Empty(invite.Headers);
        Assert.Null(invite.Request.Credentials);
    }

    [Fact]
    public void Bandwidth_with_digest_is_called_in_the_realm()
    {
        var invite = WrittenInvite.Of("Faxbot.Sip.Bandwidth", "trunk.json", """{ "realm": "fax.1a2b.auth.bandwidth.com", "username": "u", "password": "p" }""", "+12065550123", Own);

        Assert.Equal("sip:+12065550123@fax.1a2b.auth.bandwidth.com", invite.RequestUri);
        Assert.Equal("fax.1a2b.auth.bandwidth.com", invite.Request.Credentials!.Realm);
    }

    [Theory]
    [InlineData("+12065550123", "sip:12345678*12065550123@sip.flowroute.com")]
    [InlineData("+442079460123", "sip:12345678*442079460123@sip.flowroute.com")]
    [InlineData("+81335550123", "sip:12345678*81335550123@sip.flowroute.com")]
    public void Flowroute_with_IP_authentication_has_the_tech_prefix_an_asterisk_and_no_plus_sign(string to, string requestUri)
    {
        var invite = WrittenInvite.Of("Faxbot.Sip.Flowroute", "trunk.json", """{ "tech_prefix": "12345678" }""", to, Own);

        Assert.Equal((requestUri, "<sip:+12065550100@198.51.100.7>"), (invite.RequestUri, invite.From));
        Assert.Equal(["P-Asserted-Identity: <sip:+12065550100@198.51.100.7>"], invite.Headers);
    }

    [Fact]
    public void Flowroute_with_digest_has_a_plus_sign_and_no_prefix()
    {
        var invite = WrittenInvite.Of("Faxbot.Sip.Flowroute", "trunk.json", """{ "server": "eu-west-ldn.sip.flowroute.com", "username": "u", "password": "p" }""", "+12065550123", Own);

        Assert.Equal("sip:+12065550123@eu-west-ldn.sip.flowroute.com", invite.RequestUri);
        Assert.Equal("u", invite.Request.Credentials!.Username);
    }

    [Theory]
    [InlineData("+12065550123", "sip:+12065550123@acme.pstn.twilio.com")]
    [InlineData("+33142685300", "sip:+33142685300@acme.pstn.twilio.com")]
    [InlineData("+5511955501234", "sip:+5511955501234@acme.pstn.twilio.com")]
    public void Twilio_has_a_plus_sign_and_the_trunks_own_domain_whatever_the_edge(string to, string requestUri)
    {
        var invite = WrittenInvite.Of("Faxbot.Twilio.Fax", "trunk.json", """{ "trunk_name": "acme", "edge": "dublin", "username": "u", "password": "p" }""", to, Own);

        Assert.Equal((requestUri, "<sip:+12065550100@acme.pstn.twilio.com>"), (invite.RequestUri, invite.From));
        Assert.Equal("sip.twilio.com", invite.Request.Credentials!.Realm);
    }

    [Theory]
    [InlineData("e164_plus", "sip:+3225550123@sip.example.net", "<sip:+12065550100@198.51.100.7>")]
    [InlineData("e164", "sip:3225550123@sip.example.net", "<sip:12065550100@198.51.100.7>")]
    public void Voxbone_is_written_as_it_said(string style, string requestUri, string from)
    {
        var invite = WrittenInvite.Of("Faxbot.Sip.Voxbone", "trunk.json", $$"""{ "host": "sip.example.net", "number_style": "{{style}}" }""", "+3225550123", Own);

        Assert.Equal((requestUri, from), (invite.RequestUri, invite.From));
    }

    [Theory]
    [InlineData("+18005678912", "sip:+18005678912@sip.telnyx.com")]
    [InlineData("+61255501234", "sip:+61255501234@sip.telnyx.com")]
    public void Telnyx_has_a_plus_sign(string to, string requestUri)
    {
        var invite = WrittenInvite.Of("Faxbot.Sip.Telnyx", "trunk.json", """{ "username": "acme", "password": "p" }""", to, Own);

        Assert.Equal((requestUri, "<sip:+12065550100@sip.telnyx.com>"), (invite.RequestUri, invite.From));
        Assert.Equal(["P-Asserted-Identity: <sip:+12065550100@sip.telnyx.com>", "X-Telnyx-Username: acme"], invite.Headers);
    }

    [Theory]
    [InlineData("+18005678912", "sip:123418005678912@sip.telnyx.com")]
    [InlineData("+442079460123", "sip:1234442079460123@sip.telnyx.com")]
    public void Telnyx_with_a_tech_prefix_has_no_plus_sign(string to, string requestUri)
    {
        var invite = WrittenInvite.Of("Faxbot.Sip.Telnyx", "trunk.json", """{ "tech_prefix": "1234", "caller_number": "+12065550100" }""", to);

        Assert.Equal((requestUri, "<sip:+12065550100@sip.telnyx.com>"), (invite.RequestUri, invite.From));
    }

    [Fact]
    public void Telnyx_is_told_which_connection_calls()
    {
        const string Settings = """{ "token": "abcdef-123456", "charge_info": "<sip:+12065550199@sip.telnyx.com>" }""";

        Assert.Equal(
            ["P-Asserted-Identity: <sip:+12065550100@sip.telnyx.com>", "X-Telnyx-Token: abcdef-123456", "P-Charge-Info: <sip:+12065550199@sip.telnyx.com>"],
            WrittenInvite.Of("Faxbot.Sip.Telnyx", "trunk.json", Settings, "+18005678912", Own).Headers);
    }

    [Theory]
    [InlineData("+12065550123", "sip:12065550123@toronto1.voip.ms")]
    [InlineData("+14165550123", "sip:14165550123@toronto1.voip.ms")]
    [InlineData("+442079460123", "sip:011442079460123@toronto1.voip.ms")]
    [InlineData("+85225550123", "sip:01185225550123@toronto1.voip.ms")]
    public void VoIPms_has_eleven_digits_or_011_and_the_sub_account_in_From(string to, string requestUri)
    {
        var invite = WrittenInvite.Of("Faxbot.Sip.Trunk", "trunks/voipms.json", """{ "pop": "toronto1", "username": "100000_fax", "password": "p", "caller_style": "nanp10" }""", to, Own);

        Assert.Equal((requestUri, "<sip:100000_fax@toronto1.voip.ms>"), (invite.RequestUri, invite.From));
        Assert.Equal(["Remote-Party-ID: <sip:2065550100@toronto1.voip.ms>;party=calling;screen=yes;privacy=off"], invite.Headers);
    }

    [Fact]
    public void Sinch_has_the_trunks_domain_in_request_URI_To_and_From()
    {
        var invite = WrittenInvite.Of("Faxbot.Sip.Trunk", "trunks/sinch.json", """{ "trunk_name": "acme" }""", "+442079460123", Own);

        Assert.Equal(("sip:+442079460123@acme.pstn.sinch.com", "<sip:+442079460123@acme.pstn.sinch.com>", "<sip:+12065550100@acme.pstn.sinch.com>"), (invite.RequestUri, invite.To, invite.From));
    }

    [Fact]
    public void SignalWire_is_called_in_the_space()
    {
        var invite = WrittenInvite.Of("Faxbot.Sip.Trunk", "trunks/signalwire.json", """{ "trunk_name": "acme", "username": "u", "password": "p" }""", "+525555501234", Own);

        Assert.Equal(("sip:+525555501234@acme.sip.signalwire.com", "<sip:+12065550100@acme.sip.signalwire.com>"), (invite.RequestUri, invite.From));
    }

    [Theory]
    [InlineData("+12065550123", "sip:12065550123@fra.eu.out.didww.com")]
    [InlineData("+35315550123", "sip:35315550123@fra.eu.out.didww.com")]
    public void DIDWW_has_digits_alone_and_its_own_realm(string to, string requestUri)
    {
        var invite = WrittenInvite.Of("Faxbot.Sip.Trunk", "trunks/didww.json", """{ "pop": "fra.eu", "username": "u", "password": "p" }""", to, Own);

        Assert.Equal((requestUri, "<sip:12065550100@198.51.100.7>"), (invite.RequestUri, invite.From));
        Assert.Equal("out.didww.com", invite.Request.Credentials!.Realm);
    }

    [Fact]
    public void Skyetel_has_the_caller_in_From_and_P_Asserted_Identity()
    {
        var invite = WrittenInvite.Of("Faxbot.Sip.Trunk", "trunks/skyetel.json", """{ "number_style": "nanp11", "caller_style": "nanp11" }""", "+12065550123", Own);

        Assert.Equal("sip:12065550123@out.skyetel.com", invite.RequestUri);
        Assert.Equal(["P-Asserted-Identity: <sip:12065550100@198.51.100.7>"], invite.Headers);
    }
}
