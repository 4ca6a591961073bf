using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Faxbot.Testing;
using Faxbot.Testing.Gateway;

namespace Faxbot.Interop.Tests.Gateway;

/// <summary>A fax is cancelled at each stage of its life, and all that is told of it agrees.</summary>
public sealed class CancelTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly string Letter = RepositoryRoot.Of("samples", "letter.pdf");
    private readonly TempFolder _folder = new();
    private GatewayProcess? _gateway;
    private HttpClient? _client;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

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
    public async Task Before_its_time_has_come_nothing_was_called()
    {
        var fax = await GatewayProcess.SendAsync(Client, "+15550100100", Letter, new Dictionary<string, string> { ["send_at"] = TimeProvider.System.GetUtcNow().AddHours(1).ToString("O") });

        var cancelled = await CancelAsync(fax);

        Assert.Equal(("FAILED", "cancelled", 0, "It was cancelled before it was sent."), Told(cancelled));
        Assert.Empty(await AttemptsAsync(fax));
    }

    [Fact]
    public async Task While_it_rings_the_call_ends()
    {
        var fax = await GatewayProcess.SendAsync(Client, "+15550100192", Letter);
        await GatewayProcess.WaitAsync(Client, Id(fax), value => value.GetProperty("dials").GetInt32() == 1, Patience);

        await CancelAsync(fax);
        var cancelled = await GatewayProcess.WaitAsync(Client, Id(fax), value => value.GetProperty("status").GetString() == "FAILED", Patience);

        var (_, state, dials, error) = Told(cancelled);
        Assert.Equal(("cancelled", 1), (state, dials));
        Assert.StartsWith("It was cancelled.", error, StringComparison.Ordinal);
        Assert.NotEqual(JsonValueKind.Undefined, Assert.Single(await AttemptsAsync(fax)).GetProperty("outcome").ValueKind);
    }

    [Fact]
    public async Task Between_two_calls_there_is_no_second_one()
    {
        var fax = await GatewayProcess.SendAsync(Client, "+15550100191", Letter);
        await GatewayProcess.WaitAsync(Client, Id(fax), value => value.TryGetProperty("outcome", out _), Patience);

        var cancelled = await CancelAsync(fax);

        Assert.Equal(("FAILED", "cancelled", 1, "It was cancelled. The number is busy."), Told(cancelled));
    }

    [Fact]
    public async Task After_its_end_it_is_too_late()
    {
        var fax = await GatewayProcess.SendAsync(Client, "+15550100196", Letter);
        await GatewayProcess.WaitAsync(Client, Id(fax), value => value.GetProperty("status").GetString() == "FAILED", Patience);

        using var refused = await Client.PostAsync($"/fax/{Id(fax)}/cancel", null, Cancel);

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
    }

    private async Task<JsonElement> CancelAsync(JsonElement fax)
    {
        using var answer = await Client.PostAsync($"/fax/{Id(fax)}/cancel", null, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
    }

    private async Task<JsonElement[]> AttemptsAsync(JsonElement fax) => (await Client.GetFromJsonAsync<JsonElement[]>($"/fax/{Id(fax)}/attempts", Cancel))!;

    private static (string? Status, string? State, int Dials, string? Error) Told(JsonElement fax) =>
        (fax.GetProperty("status").GetString(), fax.GetProperty("state").GetString(), fax.GetProperty("dials").GetInt32(), fax.GetProperty("error").GetString());

    private static string Id(JsonElement value) => value.GetProperty("id").GetString()!;
}
