using Faxbot.Sdk.Trunks;

namespace Faxbot.Sdk.Tests.Trunks;

public sealed class TrunkProfileRulesTests
{
    public static TheoryData<string, string> Mistakes => new()
    {
        { """{ "servers": [] }""", "$.servers" },
        { """{ "servers": [{ "host": "two words" }] }""", "$.servers[0].host" },
        { """{ "servers": [{ "host": "sip.example", "port": 0 }] }""", "$.servers[0].port" },
        { """{ "servers": [{ "host": "sip.example", "destinations": ["49"] }] }""", "$.servers[0].destinations" },
        { """{ "servers": [{ "host": "sip.example" }], "domain": "a b" }""", "$.domain" },
        { """{ "servers": [{ "host": "sip.example" }], "registration": {} }""", "$.registration" },
        { """{ "servers": [{ "host": "sip.example" }], "credentials": { "user": "u", "password": "" } }""", "$.credentials.password" },
        { """{ "servers": [{ "host": "sip.example" }], "inbound": { "authenticate": true } }""", "$.inbound.authenticate" },
        { """{ "servers": [{ "host": "sip.example" }], "inbound": { "networks": ["192.0.2.0"] } }""", "$.inbound.networks" },
        {
            """{ "servers": [{ "host": "sip.example" }], "line": "asterisk", "credentials": { "user": "u", "password": "p" }, "inbound": { "authenticate": true } }""",
            "$.inbound.networks"
        },
        { """{ "servers": [{ "host": "sip.example" }], "numbers": { "request_uri": { "style": "national" } } }""", "$.numbers.request_uri.country" },
        { """{ "servers": [{ "host": "sip.example" }], "numbers": { "from": { "prefix": "a@b" } } }""", "$.numbers.from" },
        { """{ "servers": [{ "host": "sip.example" }], "caller": { "number": "5551234" } }""", "$.caller.number" },
        { """{ "servers": [{ "host": "sip.example" }], "caller": { "number": "+15550100", "allowed": ["+15550101"] } }""", "$.caller.number" },
        { """{ "servers": [{ "host": "sip.example" }], "t38": { "max_datagram": 10 } }""", "$.t38.max_datagram" },
        { """{ "servers": [{ "host": "sip.example" }], "audio": { "codecs": [] } }""", "$.audio.codecs" },
        { """{ "servers": [{ "host": "sip.example" }], "signalling": { "session_expires": "00:00:30" } }""", "$.signalling.session_expires" },
        { """{ "servers": [{ "host": "sip.example" }], "limits": { "calls_per_second": 0 } }""", "$.limits.calls_per_second" },
        { """{ "servers": [{ "host": "sip.example" }], "headers": { "X-A": "1\r\nVia: x" } }""", "$.headers" },
        { """{ "servers": [{ "host": "sip.example" }], "headers": { "Via": "x" } }""", "$.headers.Via" },
        { """{ "servers": [{ "host": "sip.example" }], "failures": [{ "status": 200, "class": "busy" }] }""", "$.failures[0].status" },
        { """{ "servers": [{ "host": "sip.example" }], "failures": [{ "status": 500, "class": "success" }] }""", "$.failures[0].class" },
        { """{ "servers": [{ "host": "sip.example" }], "colour": "red" }""", "$.colour" },
        { """{ }""", "$" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Names_the_field_that_is_wrong(string json, string path)
    {
        Assert.Null(TrunkProfileJson.Read(json, out var problems));

        Assert.Contains(problems, problem => problem.Path == path && problem.Message.Length > 10);
    }

    [Fact]
    public void Says_all_that_is_wrong_at_once()
    {
        TrunkProfileJson.Read("""{ "servers": [{ "host": "sip.example", "port": 99999 }], "t38": { "version": 7 }, "audio": { "max_bit_rate": 1 } }""", out var problems);

        Assert.Equal(["$.servers[0].port", "$.t38.version", "$.audio.max_bit_rate"], problems.Select(problem => problem.Path));
    }

    [Fact]
    public void What_was_written_reads_back_the_same()
    {
        var profile = TrunkProfileJson.Read(
            """
            {
              "servers": [{ "host": "sip.example", "transport": "tls", "dns": "naptr", "destinations": ["+49"] }],
              "credentials": { "user": "u", "password": "p" }, "registration": { "expiry": "00:05:00" },
              "numbers": { "request_uri": { "style": "e164", "parameters": { "user": "phone" } } },
              "t38": { "numbers": { "+15550100": "no" } }, "rates": { "currency": "USD", "source": "list", "checked": "2026-10-03" },
              "evidence": { "t38.ecm": { "source": "list", "confidence": "third_party", "checked": "2026-10-03" } },
            }
            """,
            out var problems);

        Assert.Empty(problems);
        Assert.Equal(TrunkProfileJson.Write(profile!), TrunkProfileJson.Write(TrunkProfileJson.Read(TrunkProfileJson.Write(profile!), out _)!));
        Assert.Equal(T38Support.No, profile!.T38.SupportFor("+15550100"));
    }

    [Theory]
    [InlineData("+15550100", true)]
    [InlineData("+19005550100", false)]
    [InlineData("+4930231250000", false)]
    public void Lets_only_allowed_destinations_through(string number, bool allowed) =>
        Assert.Equal(allowed, new TrunkDestinations { Allowed = ["+1"], Forbidden = ["+1900"] }.Allow(number));

    [Theory]
    [InlineData("+4930231250000", 61, "0.04")]
    [InlineData("+4915550100", 6, "0.01")]
    [InlineData("+15550100", 60, null)]
    public void Estimates_by_the_longest_prefix_and_the_increment(string number, int seconds, string? price)
    {
        var rates = new TrunkRates
        {
            Currency = "EUR", Source = "list", Checked = new DateOnly(2026, 10, 3),
            Card = [new TrunkRate { Prefix = "+49", PerMinute = 0.02m }, new TrunkRate { Prefix = "+4915", PerMinute = 0.1m, Increment = TimeSpan.FromSeconds(6) }],
        };

        Assert.Equal(price is null ? null : decimal.Parse(price, System.Globalization.CultureInfo.InvariantCulture), rates.Estimate(number, TimeSpan.FromSeconds(seconds)));
    }
}
