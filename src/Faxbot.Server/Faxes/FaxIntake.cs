using System.Security.Cryptography;
using System.Text.Json;
using Faxbot.Sdk;
using Faxbot.Server.Api;
using Faxbot.Server.Jobs;
using Faxbot.Server.Keys;
using Faxbot.Server.Plugins;
using Faxbot.Server.Webhooks;

namespace Faxbot.Server.Faxes;

/// <summary>Takes a fax in: what it returns for is on the disk, document and row.</summary>
internal sealed class FaxIntake(FaxUploadReader uploads, IJobBook jobs, IFaxBackends backends, WebhookAddressRules webhooks, ApiOptions options, TimeProvider time)
{
    /// <exception cref="ProblemException">It is not taken.</exception>
    public async Task<FaxJob> AcceptAsync(HttpRequest request, Caller caller, CancellationToken cancel)
    {
        var idempotencyKey = Api.IdempotencyKey.Of(request);
        await using var upload = await uploads.ReadAsync(request, digests: idempotencyKey is not null, cancel);
        var fax = Read(upload, caller) with { IdempotencyKey = idempotencyKey };
        await upload.Document!.CommitAsync(cancel);
        var job = await AcceptAsync(fax with { RequestHash = idempotencyKey is null ? null : Digest(fax, upload.Digest) }, cancel);
        // The fax is there, also for a caller who has gone meanwhile.
        await upload.Document.EnsureAsync(CancellationToken.None);
        return job;
    }

    /// <summary>Takes another fax with the document of an earlier one.</summary>
    /// <exception cref="ProblemException">It is not taken.</exception>
    public Task<FaxJob> ResendAsync(HttpRequest request, FaxJob earlier, Caller caller, CancellationToken cancel)
    {
        var idempotencyKey = Api.IdempotencyKey.Of(request);
        var fax = new NewFax
        {
            KeyId = caller.KeyId,
            To = earlier.To,
            From = earlier.From,
            Document = earlier.Document,
            MediaType = earlier.MediaType,
            Options = earlier.Options,
            Priority = earlier.Priority,
            ResendOf = earlier.Id,
        };
        return AcceptAsync(fax with { IdempotencyKey = idempotencyKey, RequestHash = idempotencyKey is null ? null : Digest(fax, []) }, cancel);
    }

    private async Task<FaxJob> AcceptAsync(NewFax fax, CancellationToken cancel)
    {
        var acceptance = await jobs.AcceptAsync(fax, cancel);
        return acceptance.Kind != AcceptanceKind.Conflict ? acceptance.Job : throw Api.IdempotencyKey.Conflict();
    }

    private NewFax Read(FaxUpload upload, Caller caller)
    {
        var errors = new FieldErrors();
        var fields = new FaxFields(upload.Fields, errors);
        var (to, from) = (fields.To(options.Country), fields.From(options.Country));
        var (priority, sendAt) = (fields.Priority(), fields.SendAt(time.GetUtcNow()));
        var wishes = fields.Options(backends, webhooks, options.Quality);
        if (upload.Document is null) errors.Add("file", "Send a document.");
        else if (upload.Document.Content.Octets == 0) errors.Add("file", "The document is empty.");
        errors.ThrowIfAny();
        return new NewFax
        {
            KeyId = caller.KeyId,
            To = to,
            From = from,
            Document = upload.Document!.Content.Id,
            SealedWith = upload.Document.SealedWith,
            MediaType = DocumentType.Of(upload.Document.Content.Start),
            Options = wishes,
            Priority = priority,
            SendAt = sendAt,
        };
    }

    // All that the request said; the content store's name for the document may differ from one time to the next.
    private static string Digest(NewFax fax, byte[] document) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        new { To = fax.To.Value, From = fax.From?.Value, fax.Options, fax.Priority, fax.SendAt, fax.ResendOf, document }, SdkJson.Options)));
}
