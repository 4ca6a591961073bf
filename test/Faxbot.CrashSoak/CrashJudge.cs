using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Faxbot.Testing.Gateway;

namespace Faxbot.CrashSoak;

/// <summary>Compares what the gateway says of each fax with what the far end received.</summary>
internal static class CrashJudge
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly string[] Over = ["success", "failed", "cancelled", "unknown"];

    /// <summary>Waits until each fax is over, and judges.</summary>
    public static async Task<CrashReport> JudgeAsync(int kills, IReadOnlyCollection<SentFax> sent, FarTrunk trunk, HttpClient client)
    {
        var findings = new List<string>();
        int successes = 0, unknowns = 0, arrivedUnknowns = 0;
        foreach (var fax in sent)
        {
            if (await FindAsync(client, fax, findings) is not { } told) continue;
            var state = told.GetProperty("state").GetString();
            var calls = trunk.CallsTo(fax.Number);
            var arrived = calls.Sum(call => call.Pages);
            if (state == "success") successes++;
            if (state == "unknown") (unknowns, arrivedUnknowns) = (unknowns + 1, arrivedUnknowns + (arrived == fax.Pages ? 1 : 0));
            if (Fault(fax, state, told.GetProperty("pages_confirmed").GetInt32(), calls) is { } fault)
                findings.Add($"{fax.Number} ({fax.Id}): {fault}; calls brought [{string.Join(", ", calls.Select(call => call.Pages))}] of {fax.Pages} pages; it says: {state}, {Outcome(told)}");
        }

        var list = await client.GetFromJsonAsync<JsonElement>("/fax?limit=1");
        if (list.GetProperty("total").GetInt32() is var total && total != sent.Count) findings.Add($"{sent.Count} faxes were sent, and the gateway has {total}");
        return new CrashReport(kills, sent.Count, successes, unknowns, arrivedUnknowns, findings);
    }

    private static async Task<JsonElement?> FindAsync(HttpClient client, SentFax fax, List<string> findings)
    {
        try
        {
            return await GatewayProcess.WaitAsync(client, fax.Id!, told => Over.Contains(told.GetProperty("state").GetString()), Patience);
        }
        catch (HttpRequestException missing) when (missing.StatusCode == HttpStatusCode.NotFound)
        {
            findings.Add($"{fax.Number} ({fax.Id}): it was accepted and is lost");
        }
        catch (TimeoutException stuck)
        {
            findings.Add($"{fax.Number} ({fax.Id}): it is stuck. {stuck.Message}");
        }

        return null;
    }

    private static string? Outcome(JsonElement told) => told.TryGetProperty("outcome", out var outcome) ? outcome.GetProperty("sentence").GetString() : null;

    // A page that was confirmed and comes again was sent twice, whatever call brought it.
    private static string? Fault(SentFax fax, string? state, int confirmed, IReadOnlyList<ReceivedCall> calls)
    {
        var arrived = calls.Sum(call => call.Pages);
        return state switch
        {
            _ when arrived > fax.Pages => "it was sent twice",
            _ when confirmed > arrived => "pages count as confirmed that did not arrive",
            "success" when arrived < fax.Pages => "it counts as sent and did not arrive",
            "success" or "unknown" => null,
            _ => "nothing failed, and it is not sent",
        };
    }
}
