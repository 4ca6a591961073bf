using Faxbot.Sdk.Manifests;

namespace Faxbot.Sdk.Tests.Manifests;

public sealed class ManifestValidatorTests
{
    private const string Smallest = """
        { "id": "faxbot-sip-flowroute", "name": "Flowroute SIP Fax",
          "categories": ["outbound"], "capabilities": ["send_fax", "get_status"] }
        """;

    [Fact]
    public void The_smallest_manifest_is_valid()
    {
        var read = ManifestValidator.Validate(Smallest);

        Assert.True(read.IsValid);
        Assert.Empty(read.Problems);
        Assert.Equal(["send_fax", "get_status"], read.Manifest!.Capabilities);
    }

    [Fact]
    public void A_full_manifest_reads_as_it_was_written()
    {
        var read = ManifestValidator.Validate("""
            {
              "id": "faxbot-example-fax", "name": "Example", "version": "2.1.0", "categories": ["outbound", "inbound"], // both are faxes
              "capabilities": ["send_fax", "get_status", "cancel_fax", "receive_fax"],
              "description": "d", "author": "a", "license": "MIT", "homepage": "https://example.com", "icon": "icon.svg",
              "sdk": { "minimum": 1, "maximum": 2 }, "entry": ["python3", "plugin.py"], "allowed_hosts": ["api.example.com", "*.example.org"],
              "config_schema": { "type": "object", "properties": { "account": { "type": "object", "properties": { "key": { "type": "string", "secret": true } } } } },
              "traits": { "document": "pdf", "page_counts": true }, "regions": ["US"],
            }
            """);

        Assert.Empty(read.Problems);
        Assert.Equal((DocumentForm.Pdf, true), (read.Manifest!.Traits.Document, read.Manifest.Traits.PageCounts));
        Assert.True(read.Manifest.Sdk!.Holds(2));
    }

    [Theory]
    [InlineData("\"faxbot-sip-flowroute\"", "\"Faxbot_SIP\"", "$.id", "lower-case")]
    [InlineData("\"faxbot-sip-flowroute\"", "\"../../etc\"", "$.id", "lower-case")]
    [InlineData("\"id\": \"faxbot-sip-flowroute\",", "", "$.id", "Add \"id\"")]
    [InlineData("\"Flowroute SIP Fax\"", "7", "$.name", "quotation marks")]
    [InlineData("[\"outbound\"]", "[\"fax\"]", "$.categories[0]", "outbound, inbound, messaging, voice")]
    [InlineData("[\"outbound\"]", "[\"voice\"]", "$.capabilities", "Add \"place_call\", and override PlaceCallAsync")]
    [InlineData("[\"outbound\"]", "[\"outbound\", \"voice\"]", "$.categories", "Make a package of each")]
    [InlineData("[\"outbound\"]", "[\"messaging\", \"voice\"]", "$.categories", "Make a package of each")]
    [InlineData("[\"outbound\"]", "[\"outbound\", \"messaging\"]", "$.categories", "Make a package of each")]
    [InlineData("[\"outbound\"]", "[\"outbound\", \"outbound\"]", "$.categories[1]", "Take one out")]
    [InlineData("[\"outbound\"]", "[\"outbound\", \"inbound\"]", "$.capabilities", "Add \"receive_fax\", and override ReceiveFaxAsync")]
    [InlineData("[\"outbound\"]", "[]", "$.categories", "at least one")]
    [InlineData("[\"outbound\"]", "\"outbound\"", "$.categories", "as a list")]
    [InlineData("\"get_status\"", "\"send_fax\"", "$.capabilities[1]", "Take one out")]
    [InlineData("\"get_status\"", "\"get_state\"", "$.capabilities[1]", "send_fax, get_status, cancel_fax, get_usage, list_numbers, get_balance")]
    [InlineData("\"get_status\"", "\"get_status\", \"receive_fax\"", "$.capabilities[2]", "Add \"inbound\"")]
    [InlineData("\"get_status\"]", "\"get_status\"], \"sdk\": { \"minimum\": 2, \"maximum\": 1 }", "$.sdk", "the minimum not above the maximum")]
    [InlineData("\"get_status\"]", "\"get_status\"], \"sdk\": \"1\"", "$.sdk", "\"minimum\": 1")]
    [InlineData("\"get_status\"]", "\"get_status\"], \"entry\": \"python3 plugin.py\"", "$.entry", "[\"python3\", \"plugin.py\"]")]
    [InlineData("\"get_status\"]", "\"get_status\"], \"entry\": []", "$.entry", "Name the program")]
    [InlineData("\"get_status\"]", "\"get_status\"], \"icon\": \"../icon.png\"", "$.icon", "icon.png")]
    [InlineData("\"get_status\"]", "\"get_status\"], \"traits\": { \"cancel\": \"yes\" }", "$.traits.cancel", "docs/plugins.md")]
    [InlineData("\"get_status\"]", "\"get_status\"], \"config_schema\": []", "$.config_schema", "JSON Schema")]
    [InlineData("\"get_status\"]", "\"get_status\"], \"config_schema\": { \"type\": \"array\" }", "$.config_schema.type", "object")]
    [InlineData("\"get_status\"]", "\"get_status\"], \"config_schema\": { \"properties\": { \"a\": { \"$ref\": \"https://example.com/a\" } } }", "$.config_schema.properties.a.$ref", "$defs")]
    [InlineData("\"get_status\"]", "\"get_status\"], \"config_schema\": { \"properties\": { \"a\": { \"secret\": true } } }", "$.config_schema.properties.a", "\"type\": \"string\"")]
    [InlineData("\"get_status\"]", "\"get_status\"], \"config_schema\": { \"properties\": { \"a\": { \"items\": { \"secret\": true } } } }", "$.config_schema.properties.a.items", "Make it a property")]
    public void What_is_wrong_is_named_with_its_place_and_the_fix(string right, string wrong, string path, string fix)
    {
        var read = ManifestValidator.Validate(Smallest.Replace(right, wrong, StringComparison.Ordinal));

        Assert.False(read.IsValid);
        Assert.Single(read.Problems, problem => problem.Path == path && problem.Fix.Contains(fix, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://api.example.com")]
    [InlineData("api.example.com:8443")]
    [InlineData("api.example.com/v1")]
    [InlineData("API.example.com")]
    [InlineData("localhost")]
    [InlineData("10.0.0.1")]
    [InlineData("*")]
    [InlineData("*.com")]
    [InlineData("api.*.com")]
    public void A_host_that_is_none_is_refused(string host)
    {
        var read = ManifestValidator.Validate(Smallest.Replace("\"get_status\"]", $"\"get_status\"], \"allowed_hosts\": [\"{host}\"]", StringComparison.Ordinal));

        Assert.Equal("$.allowed_hosts[0]", Assert.Single(read.Problems).Path);
    }

    [Fact]
    public void Unknown_fields_are_warnings()
    {
        var read = ManifestValidator.Validate(Smallest.Replace("\"get_status\"]", "\"get_status\"], \"colour\": 1, \"traits\": { \"fast\": true }", StringComparison.Ordinal));

        Assert.True(read.IsValid);
        Assert.Equal(["$.colour", "$.traits.fast"], read.Problems.Select(problem => problem.Path));
        Assert.All(read.Problems, problem => Assert.True(problem.IsWarning));
        Assert.Contains("colour", read.Manifest!.Unknown!.Keys);
    }

    [Fact]
    public void All_that_is_wrong_is_told_at_once()
    {
        var read = ManifestValidator.Validate("""{ "name": "", "categories": ["fax"], "entry": 1 }""");

        Assert.Equal(["$.id", "$.name", "$.categories[0]", "$.entry"], read.Problems.Select(problem => problem.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{ \"id\": ")]
    [InlineData("[]")]
    [InlineData("{ \"id\": \"a\", \"id\": \"b\" }")]
    public void What_is_no_object_is_refused(string text) => Assert.Equal("$", Assert.Single(ManifestValidator.Validate(text).Problems).Path);
}
