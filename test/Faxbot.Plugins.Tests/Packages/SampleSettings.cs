namespace Faxbot.Plugins.Tests.Packages;

/// <summary>Settings as customers have them: for each template all that can be given at once, and the least.</summary>
internal static class SampleSettings
{
    private const string Caller = "\"caller_number\": \"+12065550100\"";
    private const string Account = "\"username\": \"acme\", \"password\": \"correct horse\"";
    private const string T38 = "\"t38\": \"yes\", \"t38_switch\": \"us\"";
    private const string Inbound = "\"inbound_networks\": [\"192.0.2.0/28\"]";
    private const string Registration = "\"register\": true, \"registration_expiry\": \"00:05:00\"";

    /// <summary>Folder, template, settings.</summary>
    public static TheoryData<string, string, string> Full => new()
    {
        { "Faxbot.Sip.Bandwidth", "trunk.json", $$"""{ "sbc_primary": "192.0.2.1", "sbc_alternate": "192.0.2.2", "port": 5060, "realm": "fax.1a2b.auth.bandwidth.com", {{Account}}, {{Caller}}, "t38_switch": "us", {{Inbound}}, "account_id": "9500249", "api_user": "fax", "api_password": "p" }""" },
        { "Faxbot.Sip.Flowroute", "trunk.json", $$"""{ "server": "us-west-or.sip.flowroute.com", "backup_server": "us-east-va.sip.flowroute.com", "port": 5160, "transport": "tcp", "dns": "a", "tech_prefix": "12345678", {{Account}}, {{Registration}}, {{Caller}}, "t38_switch": "far_end", "access_key": "a", "secret_key": "s" }""" },
        { "Faxbot.Sip.Telnyx", "trunk.json", $$"""{ "server": "sip-eu.telnyx.com", "transport": "tls", {{Account}}, {{Registration}}, "tech_prefix": "1234", "token": "abcdef-123456", "charge_info": "<sip:+12065550100@sip.telnyx.com>", {{Caller}}, "t38_switch": "far_end", "api_key": "KEY1" }""" },
        { "Faxbot.Sip.Voxbone", "trunk.json", $$"""{ "host": "sip.example.net", "port": 5080, "transport": "tcp", "dns": "srv", "domain": "example.net", {{Account}}, {{Caller}}, "number_style": "e164", {{T38}}, {{Inbound}}, "api_key": "key", "sandbox": true }""" },
        { "Faxbot.Twilio.Fax", "trunk.json", $$"""{ "trunk_name": "acme-fax", "edge": "dublin", "transport": "tcp", {{Account}}, {{Caller}}, {{T38}}, "calls_per_second": 5, {{Inbound}}, "account_sid": "AC0123456789abcdef0123456789abcdef", "api_key": "SK0123456789abcdef0123456789abcdef", "api_secret": "s", "auth_token": "t" }""" },
        { "Faxbot.Sip.Trunk", "trunks/other.json", $$"""{ "provider": "other", "name": "Our trunk", "host": "sip.example.net", "port": 5080, "transport": "tcp", "dns": "srv", "domain": "example.net", {{Account}}, "authentication_user": "acme-auth", {{Registration}}, {{Caller}}, "number_style": "e164", "caller_style": "e164", {{T38}}, "calls_per_second": 2, {{Inbound}} }""" },
        { "Faxbot.Sip.Trunk", "trunks/didww.json", $$"""{ "provider": "didww", "pop": "nyc.us", {{Account}}, {{Caller}}, {{T38}} }""" },
        { "Faxbot.Sip.Trunk", "trunks/plivo.json", $$"""{ "provider": "plivo", "trunk_name": "12345678901234567890", {{Account}}, {{Caller}} }""" },
        { "Faxbot.Sip.Trunk", "trunks/signalwire.json", $$"""{ "provider": "signalwire", "trunk_name": "acme-0123456789ab", "transport": "tcp", {{Account}}, {{Registration}}, {{Caller}}, {{T38}}, {{Inbound}} }""" },
        { "Faxbot.Sip.Trunk", "trunks/sinch.json", $$"""{ "provider": "sinch", "trunk_name": "acme", {{Account}}, {{Registration}}, {{Caller}}, {{T38}}, "calls_per_second": 10, {{Inbound}} }""" },
        { "Faxbot.Sip.Trunk", "trunks/skyetel.json", $$"""{ "provider": "skyetel", {{Caller}}, "number_style": "nanp11", "caller_style": "nanp11", {{T38}}, {{Inbound}} }""" },
        { "Faxbot.Sip.Trunk", "trunks/voipms.json", $$"""{ "provider": "voipms", "pop": "toronto1", {{Account}}, {{Registration}}, {{Caller}}, "caller_style": "nanp10", {{T38}}, {{Inbound}} }""" },
        { "Faxbot.Sip.Trunk", "trunks/vonage.json", $$"""{ "provider": "vonage", "trunk_name": "acme", "pop": "eu", {{Account}}, {{Caller}} }""" },
    };

    /// <summary>Folder, template, settings.</summary>
    public static TheoryData<string, string, string> Least => new()
    {
        { "Faxbot.Sip.Bandwidth", "trunk.json", """{ "sbc_primary": "192.0.2.1" }""" },
        { "Faxbot.Sip.Bandwidth", "trunk.json", """{ "realm": "fax.1a2b.auth.bandwidth.com", "username": "u", "password": "p" }""" },
        { "Faxbot.Sip.Flowroute", "trunk.json", """{ "tech_prefix": "12345678" }""" },
        { "Faxbot.Sip.Flowroute", "trunk.json", """{ "username": "u", "password": "p" }""" },
        { "Faxbot.Sip.Telnyx", "trunk.json", "{}" },
        { "Faxbot.Sip.Voxbone", "trunk.json", """{ "host": "192.0.2.1" }""" },
        { "Faxbot.Twilio.Fax", "trunk.json", """{ "trunk_name": "acme" }""" },
        { "Faxbot.Sip.Trunk", "trunks/other.json", """{ "host": "192.0.2.1" }""" },
        { "Faxbot.Sip.Trunk", "trunks/didww.json", """{ "provider": "didww", "pop": "sg", "username": "u", "password": "p" }""" },
        { "Faxbot.Sip.Trunk", "trunks/plivo.json", """{ "provider": "plivo", "trunk_name": "1" }""" },
        { "Faxbot.Sip.Trunk", "trunks/signalwire.json", """{ "provider": "signalwire", "trunk_name": "acme", "username": "u", "password": "p" }""" },
        { "Faxbot.Sip.Trunk", "trunks/sinch.json", """{ "provider": "sinch", "trunk_name": "acme" }""" },
        { "Faxbot.Sip.Trunk", "trunks/skyetel.json", """{ "provider": "skyetel" }""" },
        { "Faxbot.Sip.Trunk", "trunks/voipms.json", """{ "provider": "voipms", "pop": "london", "username": "100000_fax", "password": "p" }""" },
        { "Faxbot.Sip.Trunk", "trunks/vonage.json", """{ "provider": "vonage", "trunk_name": "acme", "pop": "us" }""" },
    };
}
