using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Faxbot.Testing;
using Faxbot.Testing.Asterisk;
using Faxbot.Testing.Gateway;

namespace Faxbot.Interop.Tests.Gateway;

/// <summary>A trunk with <c>line: asterisk</c>, from the API to another Asterisk and back.</summary>
public sealed class AsteriskGatewayTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_written_makes_the_trunk_in_Asterisk_and_carries_faxes_both_ways()
    {
        await using var gateway = await AsteriskGateway.StartAsync();

        Assert.DoesNotContain("kept;secret", gateway.Written, StringComparison.Ordinal);
        Assert.DoesNotContain("semi;colon", gateway.Written, StringComparison.Ordinal);
        var check = await (await gateway.Client.PostAsJsonAsync("/asterisk/check", new { }, Cancel)).Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.True(check.GetProperty("ok").GetBoolean(), $"{check}");
        Assert.Equal(["pbx login", "pbx version", "pbx modules", "pbx permissions", "pbx dialplan", "pbx folder", "pbx faxbot-sip"], Steps(check));
        await gateway.WhenNothingIsHandedOverAsync(Limit);

        await Task.WhenAll(SendsAsync(gateway, "+12065550131"), ReceivesAsync(gateway));

        var dialled = await (await gateway.Client.PostAsJsonAsync($"/plugins/{AsteriskGateway.Plugin}/check", new { dial = "+12065550132" }, Cancel)).Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.True(dialled.GetProperty("ok").GetBoolean(), $"{dialled}");
        Assert.Equal(["call", "T.38", "fax"], Steps(dialled).TakeLast(3));
        await gateway.WhenNothingIsHandedOverAsync(Limit);
    }

    [Fact]
    public async Task A_call_that_the_trunk_redirects_goes_nowhere()
    {
        using var folder = new TempFolder();
        await using var elsewhere = await AsteriskLab.StartAsync();
        await using var ami = await elsewhere.ConnectAmiAsync();
        await File.WriteAllTextAsync(
            folder.Of("redirecting.conf"),
            $"[redirecting]\nexten => _[+0-9]!,1,Transfer(PJSIP/{elsewhere.Uri("+12065550177")})\n same => n,Hangup()\n",
            Cancel);
        await using var gateway = await AsteriskGateway.StartAsync(new AsteriskLabOptions { Dialplan = folder.Of("redirecting.conf"), Context = "redirecting" });

        var id = await gateway.SendAsync("+12065550136");

        var fax = await GatewayProcess.WaitAsync(
            gateway.Client, id, fax => fax.GetProperty("dials").GetInt32() == 1 && fax.GetProperty("state").GetString() is not ("submitting" or "in_progress"), Limit);
        Assert.NotEqual("SUCCESS", fax.GetProperty("status").GetString());
        Assert.DoesNotContain(ami.Messages, message => message["Event"] == "Newchannel");
    }

    [Fact]
    public async Task Text_messages_go_out_and_come_in_beside_faxes_over_the_same_trunk()
    {
        const string Texts = "faxbot-sip-message";
        await using var gateway = await AsteriskGateway.StartAsync(plugins: Texts);
        await using var far = await gateway.Far.ConnectAmiAsync();

        using var accepted = await gateway.Client.PostAsJsonAsync("/messages", new { to = "+12065550137", from = "+12065550100", text = "grüße" }, Cancel);
        var id = (await accepted.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("id").GetString();

        var arrived = await far.WaitAsync(message => message["UserEvent"] == "LabMessage", Limit);
        Assert.Equal("grüße", Encoding.UTF8.GetString(Convert.FromBase64String(arrived["Base64Body"]!)));
        Assert.Contains("+12065550137", arrived["To"], StringComparison.Ordinal);
        // Asterisk says that it took a message, and no more.
        await Eventually.SeesAsync(() => gateway.Client.GetFromJsonAsync<JsonElement>($"/messages/{id}", Cancel), message => message.GetProperty("state").GetString() == "accepted", Limit);

        await far.SendAsync(
            $"Action: MessageSend\nActionID: m1\nTo: pjsip:peer/sip:+12065550199@127.0.0.1:{gateway.Near.SipPort}\nFrom: sip:+12065550137@127.0.0.1:{gateway.Far.SipPort}\n"
            + $"Base64Body: {Convert.ToBase64String("und zurück"u8)}");
        // The lab answers each text with an echo, which comes in as well.
        var received = await Eventually.SeesAsync(
            async () => (await gateway.Client.GetFromJsonAsync<JsonElement>("/messages?direction=inbound", Cancel)).GetProperty("messages").EnumerateArray()
                .FirstOrDefault(message => message.GetProperty("text").GetString() == "und zurück"),
            message => message.ValueKind == JsonValueKind.Object,
            Limit);
        Assert.Equal(
            ("+12065550137", "+12065550199", Texts),
            (received.GetProperty("from").GetString(), received.GetProperty("to").GetString(), received.GetProperty("backend").GetString()));
        await ReceivesAsync(gateway);
    }

    private static async Task SendsAsync(AsteriskGateway gateway, string number)
    {
        await using var ami = await gateway.Far.ConnectAmiAsync();

        var fax = await gateway.EndOfAsync(await gateway.SendAsync(number), Limit);

        Assert.True(fax.GetProperty("status").GetString() == "SUCCESS", $"{fax}\n{gateway.Process.Log}");
        var outcome = fax.GetProperty("outcome");
        Assert.Equal((2, 2, "t38"), (outcome.GetProperty("pages_confirmed").GetInt32(), outcome.GetProperty("pages_total").GetInt32(), outcome.GetProperty("medium").GetString()));
        Assert.DoesNotContain("asterisk", fax.GetRawText(), StringComparison.OrdinalIgnoreCase);
        var received = await ami.WaitAsync(message => message["UserEvent"] == "LabFaxReceived" && message["Number"] == number[1..], Limit);
        Assert.Equal(("SUCCESS", "T38", "2"), (received["Status"], received["Mode"], received["Pages"]));
    }

    private static async Task ReceivesAsync(AsteriskGateway gateway)
    {
        var sent = await gateway.Far.SendAsync($"sip:2065550199@127.0.0.1:{gateway.Near.SipPort}", AsteriskLab.Sample("two-light-g4.tif"), Limit, "--caller", "2065550100");

        Assert.Equal("SUCCESS", sent["Status"]);
        var fax = await FirstInboundAsync(gateway.Client);
        Assert.Equal(
            (AsteriskGateway.Plugin, "+12065550199", "+12065550100", 2),
            (fax.GetProperty("backend").GetString(), fax.GetProperty("to").GetString(), fax.GetProperty("fr").GetString(), fax.GetProperty("pages").GetInt32()));
    }

    private static IEnumerable<string> Steps(JsonElement check) => check.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("step").GetString()!);

    private static async Task<JsonElement> FirstInboundAsync(HttpClient client) =>
        (await Eventually.SeesAsync(async () => (await client.GetFromJsonAsync<JsonElement[]>("/inbound", Cancel))!, faxes => faxes.Length > 0, Limit))[0];
}
