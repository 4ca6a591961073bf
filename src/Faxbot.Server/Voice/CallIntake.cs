using System.Security.Cryptography;
using System.Text.Json;
using Faxbot.Lines.Recordings;
using Faxbot.Sdk;
using Faxbot.Server.Api;
using Faxbot.Server.Content;
using Faxbot.Server.Faxes;
using Faxbot.Server.Jobs;
using Faxbot.Server.Keys;
using Faxbot.Server.Outbox;
using Faxbot.Server.Plugins;
using Faxbot.Server.Webhooks;

namespace Faxbot.Server.Voice;

/// <summary>Takes a voice call in: what it returns for is on the disk, its recording included.</summary>
internal sealed class CallIntake(OutboxStore outbox, ContentStore contents, IPluginBackends backends, WebhookAddressRules webhooks, ApiOptions api, TimeProvider time)
{
    /// <exception cref="ProblemException">It is not taken.</exception>
    public async Task<OutboxItem> AcceptAsync(HttpRequest request, Caller caller, CancellationToken cancel)
    {
        if (!request.HasFormContentType) throw new ProblemException(ProblemKind.UnsupportedType, "Send multipart/form-data with the fields to and file.");
        var form = await ReadAsync(request, cancel);
        var errors = new FieldErrors();
        var (item, recording) = (Read(form, caller, errors), await RecordingAsync(form, errors, cancel));
        errors.ThrowIfAny();
        using var octets = new MemoryStream(recording, writable: false);
        var stored = await contents.PutAsync(octets, WavFile.MostOctets, cancel);
        item = item with { Document = stored.Id, IdempotencyKey = IdempotencyKey.Of(request) };
        var acceptance = await outbox.AcceptAsync(item with { RequestHash = item.IdempotencyKey is null ? null : Digest(item) }, cancel);
        return acceptance.Kind != AcceptanceKind.Conflict ? acceptance.Item : throw IdempotencyKey.Conflict();
    }

    private static async Task<IFormCollection> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        try
        {
            return await request.ReadFormAsync(cancel);
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw new ProblemException(ProblemKind.Invalid, "The body is not well-formed multipart/form-data, or ends too early.");
        }
    }

    private NewOutboxItem Read(IFormCollection form, Caller caller, FieldErrors errors)
    {
        var fields = new JobFields(form.ToDictionary(field => field.Key, field => field.Value.ToString()), errors);
        return new NewOutboxItem
        {
            Kind = CallKind.Call,
            KeyId = caller.KeyId,
            To = fields.To(api.Country),
            From = fields.From(api.Country),
            Content = [],
            SendAt = fields.SendAt(time.GetUtcNow()),
            Options = new OutboxOptions
            {
                PluginId = fields.Plugin(id => backends.Of(CallKind.Voice).Any(backend => backend.Pin.PluginId == id)),
                ClientReference = fields.ClientReference(),
                WebhookUrl = fields.Webhook(webhooks),
            },
        };
    }

    private static async Task<byte[]> RecordingAsync(IFormCollection form, FieldErrors errors, CancellationToken cancel)
    {
        if (form.Files.GetFile("file") is not { } file)
        {
            errors.Add("file", "Give a WAV file to be played.");
            return [];
        }

        using var octets = new MemoryStream();
        await file.CopyToAsync(octets, cancel);
        if (WavFile.TryRead(octets.GetBuffer().AsSpan(0, (int)octets.Length), out _) is var error and not WavError.None) errors.Add("file", error.Explain());
        return octets.ToArray();
    }

    // All that the request said; the recording by its name, which its content makes.
    private static string Digest(NewOutboxItem item) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        new { To = item.To.Value, From = item.From?.Value, item.Document, item.Options, item.SendAt }, SdkJson.Options)));
}

/// <summary>The fields of a request to call.</summary>
internal sealed record CallForm
{
    /// <summary>Who is called, in E.164 form.</summary>
    public required string To { get; init; }

    /// <summary>A WAV file: one channel; 16-bit linear at 8 or 16 kHz, A-law or mu-law at 8 kHz; ten minutes at most.</summary>
    public required IFormFile File { get; init; }

    /// <summary>Who calls; the plugin's settings decide when nothing is said.</summary>
    public string? From { get; init; }

    /// <summary>Not before.</summary>
    public DateTimeOffset? SendAt { get; init; }

    /// <summary>The plugin that must carry it; the routes choose when nothing is said.</summary>
    public string? Plugin { get; init; }

    /// <summary>Your own name for it.</summary>
    public string? ClientReference { get; init; }

    /// <summary>An address that is told what happens to it.</summary>
    public string? WebhookUrl { get; init; }
}
