using System.Text.Json;
using System.Text.Json.Nodes;
using Faxbot.Cli.Settings;

namespace Faxbot.Cli.Tests.Settings;

public sealed class SettingsQuestionsTests : IDisposable
{
    private const string Schema = """
        { "type": "object", "required": ["host"], "properties": {
            "host": { "type": "string", "description": "Where it is." },
            "transport": { "enum": ["udp", "tls"], "default": "udp" },
            "port": { "type": "integer" },
            "credentials": { "$ref": "#/$defs/credentials" },
            "t38": { "type": "object", "properties": { "ecm": { "type": "boolean" } } },
            "headers": { "type": "object" } },
          "$defs": { "credentials": { "type": "object", "required": ["user", "password"], "properties": {
            "user": { "type": "string" }, "password": { "type": "string", "secret": true }, "realm": { "type": "string" } } } } }
        """;

    private readonly StringWriter _output = new();

    public void Dispose() => _output.Dispose();

    [Fact]
    public void What_is_needed_is_asked_for_and_each_answer_has_the_type_of_the_schema()
    {
        var settings = Fill([], ["", "sip.example.com", "tls", "5061", "y", "account"], ["5551234"]);

        Assert.Equal(
            """{"host":"sip.example.com","transport":"tls","port":5061,"credentials":{"user":"account","password":"5551234"}}""", settings.ToJsonString());
        Assert.Contains("host (Where it is): it is needed", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("transport {udp, tls} [udp]: ", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("also there, with --set PATH=VALUE: credentials.realm, t38.*, headers", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_question_stands_in_lines_of_its_own_and_a_switch_is_written_as_in_a_file()
    {
        var schema = JsonElement.Parse($$"""
            { "type": "object", "properties": {
                "server": { "enum": ["a.provider.example", "b.provider.example"], "default": "a.provider.example", "description": "{{new string('x', 80)}}." },
                "register": { "type": "boolean", "default": false } } }
            """);

        new SettingsQuestions(new SettingsSchema(schema), () => "", () => "", _output).Fill([]);

        Assert.Equal($"{new string('x', 80)}.\nOne of a.provider.example, b.provider.example.\nserver [a.provider.example]: register [false]: ", _output.ToString());
    }

    [Fact]
    public void Who_set_something_of_a_section_by_its_path_is_not_led_through_it()
    {
        Fill(new JsonObject { ["host"] = "a", ["t38"] = new JsonObject { ["ecm"] = false } }, ["", "", "", "n"], []);

        Assert.DoesNotContain("t38?", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("t38.*", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_optional_may_be_passed_over()
    {
        Assert.Equal("""{"host":"a"}""", Fill([], ["a", "", "", "n"], []).ToJsonString());
        Assert.DoesNotContain("password", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_answer_keeps_what_is_there_and_no_secret_is_shown()
    {
        var before = JsonNode.Parse("""{"host":"a","credentials":{"user":"u","password":"***"}}""")!.AsObject();

        Assert.Equal(before.ToJsonString(), Fill((JsonObject)before.DeepClone(), ["", "", "", ""], [""]).ToJsonString());
        Assert.Contains("host (Where it is) [a]: ", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("credentials.password [kept]: ", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Answers_that_end_early_are_told() => Assert.Throws<BadInputException>(() => Fill([], ["a"], []));

    [Theory]
    [InlineData("port", "5060", "5060")]
    [InlineData("host", "5060", "\"5060\"")]
    [InlineData("transport", "tls", "\"tls\"")]
    [InlineData("t38.ecm", "false", "false")]
    [InlineData("credentials.password", "true", "\"true\"")]
    [InlineData("unknown.one", "true", "true")]
    [InlineData("unknown.two", "a text", "\"a text\"")]
    public void A_value_at_a_path_is_what_the_schema_says(string path, string text, string json)
    {
        var (settings, schema) = (new JsonObject(), Read());

        SettingsTree.Set(settings, path, schema.Find(path)?.Read(text) ?? SettingField.Guess(text));

        Assert.Equal(json, SettingsTree.Find(settings, path)!.ToJsonString());
    }

    [Fact]
    public void A_path_that_leads_through_a_value_is_refused() =>
        Assert.Throws<BadInputException>(() => SettingsTree.Set(new JsonObject { ["host"] = "a" }, "host.name", JsonValue.Create(1)));

    private JsonObject Fill(JsonObject settings, string[] answers, string[] secrets)
    {
        var (lines, hidden) = (new Queue<string>(answers), new Queue<string>(secrets));
        new SettingsQuestions(Read(), () => lines.TryDequeue(out var line) ? line : null, () => hidden.TryDequeue(out var line) ? line : null, _output).Fill(settings);
        return settings;
    }

    private static SettingsSchema Read() => new(JsonElement.Parse(Schema));
}
