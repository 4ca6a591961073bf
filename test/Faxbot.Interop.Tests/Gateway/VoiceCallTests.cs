using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Faxbot.Interop.Tests.Asterisk;
using Faxbot.Testing;
using Faxbot.Testing.Asterisk;
using Faxbot.Testing.Gateway;

namespace Faxbot.Interop.Tests.Gateway;

/// <summary>Voice calls through a whole gateway: from the API over the plugin's process and the line to an Asterisk that listens.</summary>
public sealed class VoiceCallTests(SharedAsterisk asterisk) : IAsyncLifetime
{
    private const string Plugin = "faxbot-sip-voice";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly TempFolder _folder = new();
    private AsteriskLab _lab = null!;
    private GatewayProcess _gateway = null!;
    private HttpClient _client = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _lab = await asterisk.OpenAsync();
        _gateway = await GatewayProcess.StartAsync(
            _folder.FullPath, new Dictionary<string, string?> { ["FAXBOT_PLUGINS_SOURCES"] = RepositoryRoot.Of("artifacts", "plugins"), ["FAXBOT_SIP_BIND"] = "127.0.0.1:0" });
        _client = _gateway.Client();
        using var installed = await _client.PostAsJsonAsync("/plugins", new { id = "Faxbot.Sip.Voice" }, Cancel);
        Assert.True(installed.IsSuccessStatusCode, await installed.Content.ReadAsStringAsync(Cancel));
        await GatewayProcess.ConfigureAsync(_client, Plugin, new { enabled = true, settings = new { host = "127.0.0.1", port = _lab.SipPort } });
        await GatewayProcess.PluginAsync(_client, Plugin, status => status.GetProperty("is_healthy").GetBoolean());
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _gateway.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_the_API_was_given_is_heard_and_the_call_is_told_as_answered()
    {
        await using var ami = await _lab.ConnectAmiAsync();
        var sweep = SampleVoice.Sweep(seconds: 2);

        var call = await CallAsync("99930601", SampleVoice.Wav(sweep));
        var recorded = await ami.WaitAsync(m => m["UserEvent"] == "LabVoiceRecorded" && m["Number"] == "99930601", Limit);

        Assert.True(call.GetProperty("state").GetString() == "delivered", $"{call}");
        Assert.Equal("success", call.GetProperty("outcome").GetProperty("class").GetString());
        Assert.True(call.GetProperty("attempts")[0].TryGetProperty("answered_at", out _), $"{call}");
        SampleVoice.AssertHeard(sweep, await File.ReadAllBytesAsync(recorded["File"], Cancel));
    }

    [Fact]
    public async Task A_busy_number_was_not_answered()
    {
        var call = await CallAsync("99920601", SampleVoice.Wav(SampleVoice.Sweep(seconds: 1)));

        Assert.Equal("busy", call.GetProperty("outcome").GetProperty("class").GetString());
        Assert.False(call.GetProperty("attempts")[0].TryGetProperty("answered_at", out _), $"{call}");
    }

    [Fact]
    public async Task What_is_no_recording_is_refused_with_how_to_mend_it()
    {
        using var answer = await SendAsync("99930602", "no sound"u8.ToArray());

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("ffmpeg", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    private async Task<JsonElement> CallAsync(string to, byte[] wav)
    {
        using var answer = await SendAsync(to, wav);
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync(Cancel));
        var id = (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("id").GetString();
        return await Eventually.SeesAsync(() => _client.GetFromJsonAsync<JsonElement>($"/calls/{id}", Cancel), call => call.TryGetProperty("outcome", out _), Limit);
    }

    private async Task<HttpResponseMessage> SendAsync(string to, byte[] wav)
    {
        var file = new ByteArrayContent(wav) { Headers = { ContentType = new MediaTypeHeaderValue("audio/wav") } };
        using var form = new MultipartFormDataContent { { new StringContent(to), "to" }, { file, "file", "reminder.wav" } };
        return await _client.PostAsync(new Uri("/calls", UriKind.Relative), form, Cancel);
    }
}
