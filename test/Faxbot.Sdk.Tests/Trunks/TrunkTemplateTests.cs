using System.Text.Json;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Sdk.Tests.Trunks;

public sealed class TrunkTemplateTests
{
    private const string Template = """
        {
          // What a package for a provider with a host for each customer looks like.
          "name": "Example",
          "domain": "{customer}.pstn.example",
          "servers": [{ "host": "{customer}.{edge=west}.pstn.example", "port": "{port}" }],
          "credentials": { "user": "{username}", "password": "{password}" },
          "headers": { "X-Tag": "{attempt}" },
        }
        """;

    [Fact]
    public void Fills_in_what_is_the_customers_own()
    {
        var profile = Fill("""{ "customer": "acme", "username": "u", "password": "p", "port": 5080 }""")!;

        Assert.Equal(("acme.pstn.example", "acme.west.pstn.example", 5080), (profile.Domain, profile.Servers[0].Host, profile.Servers[0].Port));
        Assert.Equal("u", profile.Credentials!.User);
        Assert.Equal("{attempt}", profile.Headers["X-Tag"]);
    }

    [Fact]
    public void Leaves_out_what_was_not_given_and_an_object_with_its_last_field() =>
        Assert.Null(Fill("""{ "customer": "acme" }""")!.Credentials);

    [Fact]
    public void Says_which_settings_are_missing()
    {
        Assert.Null(TrunkTemplate.Parse(Template).Fill(JsonDocument.Parse("{}").RootElement, out var problems));

        Assert.Equal("$.customer", Assert.Single(problems).Path);
    }

    [Fact]
    public void Half_of_an_account_is_refused()
    {
        TrunkTemplate.Parse(Template).Fill(JsonDocument.Parse("""{ "customer": "acme", "username": "u" }""").RootElement, out var problems);

        Assert.Contains("password", Assert.Single(problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_by_hand_lie_over_the_template()
    {
        var template = TrunkTemplate.Parse("""{ "servers": [{ "host": "{host}" }], "t38": { "version": 0, "ecm": false }, "domain": "a.example" }""");

        var profile = template.Fill(JsonDocument.Parse("""{ "host": "sip.example", "trunk": { "t38": { "ecm": true }, "domain": null } }""").RootElement, out var problems);

        Assert.Empty(problems);
        Assert.Equal((0, true, null), (profile!.T38.Version, profile.T38.Ecm, profile.Domain));
    }

    [Theory]
    [InlineData("{}", TrunkLine.Embedded)]
    [InlineData("""{ "line": "asterisk" }""", TrunkLine.Asterisk)]
    [InlineData("""{ "line": "asterisk", "trunk": { "line": "embedded" } }""", TrunkLine.Embedded)]
    public void The_line_is_a_setting_of_every_trunk(string settings, TrunkLine expected)
    {
        var template = TrunkTemplate.Parse("""{ "servers": [{ "host": "sip.example" }] }""");

        Assert.Equal(expected, template.Fill(JsonDocument.Parse(settings).RootElement, out _)!.Line);
    }

    [Fact]
    public void A_line_that_is_not_known_is_refused()
    {
        var template = TrunkTemplate.Parse("""{ "servers": [{ "host": "sip.example" }] }""");

        Assert.Null(template.Fill(JsonDocument.Parse("""{ "line": "carrier_pigeon" }""").RootElement, out var problems));
        Assert.Equal("$.line", Assert.Single(problems).Path);
    }

    [Fact]
    public void A_setting_cannot_add_fields()
    {
        var template = TrunkTemplate.Parse("""{ "name": "{name}", "servers": [{ "host": "sip.example" }] }""");

        var profile = template.Fill(JsonDocument.Parse("""{ "name": "\", \"domain\": \"evil.example" }""").RootElement, out _);

        Assert.Equal(("\", \"domain\": \"evil.example", null), (profile!.Name, profile.Domain));
    }

    [Fact]
    public void Knows_its_places() =>
        Assert.Equal(["attempt", "customer", "edge", "password", "port", "username"], TrunkTemplate.Parse(Template).Places.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("{}", false)]
    [InlineData("""{ "register": false }""", false)]
    [InlineData("""{ "register": true }""", true)]
    [InlineData("""{ "register": "always" }""", true)]
    public void An_object_with_a_condition_is_there_when_that_setting_is_given(string settings, bool isThere)
    {
        var template = TrunkTemplate.Parse("""
            { "servers": [{ "host": "sip.example" }], "credentials": { "user": "u", "password": "p" }, "registration": { "$if": "register", "expiry": "{expiry}" } }
            """);

        var profile = template.Fill(JsonDocument.Parse(settings).RootElement, out var problems);

        Assert.Empty(problems);
        Assert.Equal(isThere, profile!.Registration is not null);
        Assert.Equal(["expiry", "register"], template.Places.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Servers_with_a_condition_are_a_choice()
    {
        var template = TrunkTemplate.Parse("""{ "servers": [{ "$if": "realm", "host": "{realm}", "dns": "srv" }, { "$if": "address", "host": "{address}" }] }""");

        var profile = template.Fill(JsonDocument.Parse("""{ "address": "192.0.2.1" }""").RootElement, out _);

        Assert.Equal("192.0.2.1", Assert.Single(profile!.Servers).Host);
    }

    private static TrunkProfile? Fill(string settings) => TrunkTemplate.Parse(Template).Fill(JsonDocument.Parse(settings).RootElement, out _);
}
