using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Faxbot.Sdk;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Webhooks;

namespace Acme.Fax;

/// <summary>Sends over the fax API of Acme.</summary>
public sealed class AcmeFaxPlugin : FaxPlugin
{
    private static readonly Uri Faxes = new("https://api.acme.example/v1/faxes");

    private AcmeSettings Settings => Context.SettingsAs<AcmeSettings>();

    public override async Task<SendResult> SendFaxAsync(FaxRequest fax, CancellationToken cancel)
    {
        var file = await Context.Documents.CopyToFolderAsync(fax.Document, cancel);
        try
        {
            using var form = new MultipartFormDataContent
            {
                { new StringContent(fax.To.Value), "to" },
                { new ByteArrayContent(await File.ReadAllBytesAsync(file, cancel)), "document", "fax.pdf" },
            };
            using var request = Request(HttpMethod.Post, Faxes);
            request.Content = form;
            // Acme takes one key once: should the answer get lost, asking again sends nothing twice.
            request.Headers.Add("Idempotency-Key", fax.AttemptId);
            using var answer = await Context.Http.SendAsync(request, cancel);
            // A 4xx says that nothing was taken. Of anything else that is not known, and the exception leaves it open.
            if (answer.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError)
                throw new FaxRejectedException($"Acme refused the fax with {(int)answer.StatusCode}.");
            answer.EnsureSuccessStatusCode();
            var taken = await answer.Content.ReadFromJsonAsync<AcmeFax>(SdkJson.Options, cancel);
            return new SendResult(taken!.Id, Manifest.Id);
        }
        finally
        {
            File.Delete(file);
        }
    }

    public override async Task<FaxStatus> GetStatusAsync(FaxReference fax, CancellationToken cancel)
    {
        if (fax.ProviderId is null) return new FaxStatus { State = FaxState.Unknown };
        using var request = Request(HttpMethod.Get, new Uri($"{Faxes}/{Uri.EscapeDataString(fax.ProviderId)}"));
        using var answer = await Context.Http.SendAsync(request, cancel);
        if (!answer.IsSuccessStatusCode) return new FaxStatus { State = FaxState.Unknown };
        return StatusOf((await answer.Content.ReadFromJsonAsync<AcmeFax>(SdkJson.Options, cancel))!);
    }

    public override Task<WebhookResult> HandleWebhookAsync(WebhookRequest request, CancellationToken cancel)
    {
        if (!WebhookSignature.IsGood(request, Settings.WebhookKey, Context.Time.GetUtcNow())) return Task.FromResult(new WebhookResult { Status = 401 });
        var told = JsonSerializer.Deserialize<AcmeFax>(request.Body, SdkJson.Options)!;
        return Task.FromResult(new WebhookResult { Faxes = new Dictionary<string, FaxStatus> { [told.Id] = StatusOf(told) } });
    }

    private static FaxStatus StatusOf(AcmeFax fax) => fax.Status switch
    {
        "queued" => new FaxStatus { State = FaxState.Queued },
        "sending" => new FaxStatus { State = FaxState.InProgress },
        "delivered" => Ended(FaxState.Success, OutcomeClass.Success, OutcomeParty.None, "Every page was confirmed."),
        "busy" => Ended(FaxState.Failed, OutcomeClass.Busy, OutcomeParty.Number, "The number is busy."),
        "no-answer" => Ended(FaxState.Failed, OutcomeClass.NoAnswer, OutcomeParty.Number, "Nobody answered."),
        // What Acme may say some day is not guessed at.
        _ => new FaxStatus { State = FaxState.Unknown },
    };

    private static FaxStatus Ended(FaxState state, OutcomeClass kind, OutcomeParty party, string sentence) => new()
    {
        State = state,
        Outcome = new FaxOutcome
        {
            Class = kind,
            Phase = kind == OutcomeClass.Success ? OutcomePhase.HangUp : OutcomePhase.Dial,
            Party = party,
            Sentence = sentence,
        },
    };

    private HttpRequestMessage Request(HttpMethod method, Uri address) =>
        new(method, address) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", Settings.ApiKey) } };

    private sealed record AcmeSettings(string ApiKey, string WebhookKey);

    private sealed record AcmeFax(string Id, string Status);
}
