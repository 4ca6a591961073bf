using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Faxbot.Interop.Tests.Gateway;

/// <summary>A fax is cancelled at each stage of its life, and all that is told of it agrees.</summary>
public sealed class CancelTests(SharedGateway gateway)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Before_its_time_has_come_nothing_was_called()
    {
        var fax = await gateway.SendAsync("+15550102100", ("send_at", TimeProvider.System.GetUtcNow().AddHours(1).ToString("O")));

        var cancelled = await CancelAsync(fax);

        Assert.Equal(("FAILED", "cancelled", 0, "It was cancelled before it was sent."), Told(cancelled));
        Assert.Empty(await gateway.AttemptsAsync(fax));
    }

    [Fact]
    public async Task While_it_rings_the_call_ends()
    {
        var fax = await gateway.SendAsync("+15550102192");
        await gateway.WaitAsync(fax, value => value.GetProperty("dials").GetInt32() == 1);

        await CancelAsync(fax);
        var cancelled = await gateway.WaitAsync(fax, HasFailed);

        var (_, state, dials, error) = Told(cancelled);
        Assert.Equal(("cancelled", 1), (state, dials));
        Assert.StartsWith("It was cancelled.", error, StringComparison.Ordinal);
        Assert.NotEqual(JsonValueKind.Undefined, Assert.Single(await gateway.AttemptsAsync(fax)).GetProperty("outcome").ValueKind);
    }

    [Fact]
    public async Task Between_two_calls_there_is_no_second_one()
    {
        var fax = await gateway.SendAsync("+15550102191");
        await gateway.WaitAsync(fax, value => value.TryGetProperty("outcome", out _));

        var cancelled = await CancelAsync(fax);

        Assert.Equal(("FAILED", "cancelled", 1, "It was cancelled. The number is busy."), Told(cancelled));
    }

    [Fact]
    public async Task After_its_end_it_is_too_late()
    {
        var fax = await gateway.SendAsync("+15550102196");
        await gateway.WaitAsync(fax, HasFailed);

        using var refused = await (await gateway.OpenAsync()).PostAsync($"/fax/{fax}/cancel", null, Cancel);

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
    }

    private async Task<JsonElement> CancelAsync(string fax)
    {
        using var answer = await (await gateway.OpenAsync()).PostAsync($"/fax/{fax}/cancel", null, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
    }

    private static bool HasFailed(JsonElement fax) => fax.GetProperty("status").GetString() == "FAILED";

    private static (string? Status, string? State, int Dials, string? Error) Told(JsonElement fax) =>
        (fax.GetProperty("status").GetString(), fax.GetProperty("state").GetString(), fax.GetProperty("dials").GetInt32(), fax.GetProperty("error").GetString());
}
