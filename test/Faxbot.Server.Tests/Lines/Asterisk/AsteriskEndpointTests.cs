using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Faxbot.Sdk.Trunks;
using Faxbot.Server.Keys;
using Faxbot.Server.Lines;
using Faxbot.Server.Tests.Api;

namespace Faxbot.Server.Tests.Lines.Asterisk;

public sealed class AsteriskEndpointTests() : EndpointTests(Scopes.PluginsConfigure)
{
    private static readonly TrunkProfile Trunk = new()
    {
        Line = TrunkLine.Asterisk, Servers = [new TrunkServer { Host = "sip.example" }], Credentials = new TrunkCredentials { User = "acme", Password = "pass-word" },
    };

    [Fact]
    public async Task Files_are_written_for_their_owner_alone_and_the_answer_holds_no_secret()
    {
        Gateway.Get<TrunkProfiles>().Set("faxbot-sip", Trunk);
        Gateway.Get<TrunkProfiles>().Set("faxbot-ours", Trunk with { Line = TrunkLine.Embedded });

        var (status, text) = await PostAsync("/asterisk/config", new { });

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.DoesNotContain("pass-word", text, StringComparison.Ordinal);
        Assert.DoesNotContain("kept-secret", text, StringComparison.Ordinal);
        var answer = JsonElement.Parse(text);
        Assert.Equal(("pbx", "faxbot-sip"), (answer.GetProperty("server").GetString(), Assert.Single(answer.GetProperty("plugins").EnumerateArray().ToArray()).GetString()));
        var files = answer.GetProperty("files").EnumerateArray().ToArray();
        Assert.Equal(
            ["#include faxbot-pjsip.conf", "#include faxbot-udptl.conf", "#include faxbot-manager.conf", "#include faxbot-extensions.conf"],
            files.Select(file => file.GetProperty("include_line").GetString()));
        var pjsip = files[0].GetProperty("path").GetString()!;
        Assert.Contains("password = pass-word", await File.ReadAllTextAsync(pjsip, Cancel), StringComparison.Ordinal);
        Assert.DoesNotContain("faxbot-ours", await File.ReadAllTextAsync(pjsip, Cancel), StringComparison.Ordinal);
        foreach (var file in files)
        {
            if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file.GetProperty("path").GetString()!));
        }
    }

    [Fact]
    public async Task A_trunk_may_be_written_before_its_line_is_chosen()
    {
        Gateway.Get<TrunkProfiles>().Set("faxbot-ours", Trunk with { Line = TrunkLine.Embedded });

        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync("/asterisk/config", new { })).Status);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync("/asterisk/config", new { server = "pbx-2", plugins = new[] { "faxbot-ours" } })).Status);
    }

    [Fact]
    public async Task What_cannot_be_written_is_said()
    {
        Gateway.Get<TrunkProfiles>().Set("faxbot-sip", Trunk with { Credentials = new TrunkCredentials { User = "acme", Password = "pass\nword" } });

        var (status, text) = await PostAsync("/asterisk/config", new { });

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("control character", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync("/asterisk/config", new { server = "none" })).Status);
        Assert.Contains("faxbot-absent", (await PostAsync("/asterisk/config", new { plugins = new[] { "faxbot-absent" } })).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_is_a_finding_for_each()
    {
        var (status, text) = await PostAsync("/asterisk/check", new { });

        Assert.Equal(HttpStatusCode.OK, status);
        var answer = JsonElement.Parse(text);
        Assert.False(answer.GetProperty("ok").GetBoolean());
        Assert.Equal(["pbx login", "pbx-2 login"], answer.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("step").GetString()));
        Assert.Single(JsonElement.Parse((await PostAsync("/asterisk/check", new { server = "pbx-2" })).Text).GetProperty("findings").EnumerateArray().ToArray());
    }

    private async Task<(HttpStatusCode Status, string Text)> PostAsync(string path, object body)
    {
        using var response = await Client.Http.PostAsJsonAsync(path, body, Cancel);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Cancel));
    }
}
