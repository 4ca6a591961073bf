using System.Net.Http.Json;
using System.Text.Json;
using Faxbot.Testing;
using Faxbot.Testing.Gateway;

namespace Faxbot.Interop.Tests.Gateway;

/// <summary>A gateway with nothing configured, used through its API as a user's program would.</summary>
public sealed class SandboxTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly string Letter = RepositoryRoot.Of("samples", "letter.pdf");
    private readonly TempFolder _folder = new();
    private GatewayProcess? _gateway;
    private HttpClient? _client;

    private HttpClient Client => _client!;

    public async ValueTask InitializeAsync()
    {
        await DebianPackages.EnsureAsync("poppler-utils", "fonts-dejavu-core");
        _gateway = await GatewayProcess.StartAsync(_folder.FullPath);
        _client = _gateway.Client();
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_gateway is not null) await _gateway.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_fax_is_sent_once_and_each_page_is_accounted_for()
    {
        var accepted = await GatewayProcess.SendAsync(Client, "+15550100100", Letter);
        var fax = await GatewayProcess.WaitAsync(Client, Id(accepted), IsOver, Patience);

        Assert.Equal("SUCCESS", fax.GetProperty("status").GetString());
        Assert.Equal((3, 3), (fax.GetProperty("pages").GetInt32(), fax.GetProperty("pages_confirmed").GetInt32()));
        Assert.Equal("faxbot-sandbox", fax.GetProperty("backend").GetString());
        var received = await InboxAsync(1);
        Assert.Equal(3, received[0].GetProperty("pages").GetInt32());
        var pdf = await Client.GetByteArrayAsync($"/inbound/{Id(received[0])}/pdf", TestContext.Current.CancellationToken);
        Assert.StartsWith("%PDF", System.Text.Encoding.ASCII.GetString(pdf[..4]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("90", "refused", "queued")]
    [InlineData("91", "busy", "queued")]
    [InlineData("92", "no_answer", "queued")]
    [InlineData("93", "negotiation", "FAILED")]
    [InlineData("94", "partial", "queued")]
    [InlineData("95", "not_fax", "queued")]
    [InlineData("96", "dead", "FAILED")]
    [InlineData("97", "congestion", "queued")]
    [InlineData("98", "rejected", "FAILED")]
    public async Task Every_end_can_be_rehearsed(string ending, string outcome, string status)
    {
        var accepted = await GatewayProcess.SendAsync(Client, "+155501001" + ending, Letter);
        var fax = await GatewayProcess.WaitAsync(Client, Id(accepted), value => value.TryGetProperty("outcome", out _), Patience);

        Assert.Equal(outcome, fax.GetProperty("outcome").GetProperty("class").GetString());
        Assert.Equal(status, fax.GetProperty("status").GetString());
        Assert.Equal(1, fax.GetProperty("dials").GetInt32());
        Assert.NotEqual("", fax.GetProperty("next").GetString());
        var attempt = Assert.Single((await Client.GetFromJsonAsync<JsonElement[]>($"/fax/{Id(fax)}/attempts", TestContext.Current.CancellationToken))!);
        Assert.Equal((outcome, "faxbot-sandbox"), (attempt.GetProperty("outcome").GetProperty("class").GetString(), attempt.GetProperty("backend").GetString()));
        Assert.Equal(ending == "94" ? ["confirmed"] : [], Confirmed(attempt));
        Assert.Equal(status == "FAILED" ? fax.GetProperty("outcome").GetProperty("sentence").GetString() : null, fax.GetProperty("error").GetString());
    }

    private async Task<JsonElement[]> InboxAsync(int count)
    {
        // The receiving side ends a moment after the sending one; the gateway tells both by the same clock.
        using var end = new CancellationTokenSource(Patience);
        while (true)
        {
            var received = await Client.GetFromJsonAsync<JsonElement[]>("/inbound", end.Token);
            if (received!.Length >= count) return received;
            await Task.Yield();
        }
    }

    private static IEnumerable<string> Confirmed(JsonElement attempt) =>
        attempt.GetProperty("pages").EnumerateArray().Select(page => page.GetProperty("state").GetString()!).Where(state => state == "confirmed");

    private static bool IsOver(JsonElement fax) => fax.GetProperty("status").GetString() is "SUCCESS" or "FAILED";

    private static string Id(JsonElement value) => value.GetProperty("id").GetString()!;
}
