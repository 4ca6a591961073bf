using Dapper;
using Faxbot.Server.Jobs;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Rendering;

/// <summary>
/// The drawn forms of the documents of faxes, so that each is drawn once and a restart finds it. A form is of one fax, since its pages bear who sends to
/// whom and when. Thread-safe.
/// </summary>
internal sealed class RenderingStore(Database database, TimeProvider time)
{
    /// <summary>A drawn form, which is kept for a while from now; null when it is not there, or not any more.</summary>
    public async Task<RenderedContent?> FindAsync(FaxJob job, string form, CancellationToken cancel)
    {
        var row = await database.WriteAsync(
            transaction => transaction.Connection!.QuerySingleOrDefaultAsync<Row>(
                "update renderings set used_at = @now where document = @Document and variant = @variant returning content, pages",
                new { now = Now, job.Document, variant = Variant(job, form) },
                transaction),
            cancel,
            Durability.WithNext);
        return row is null ? null : new RenderedContent(row.Content, (int)row.Pages);
    }

    /// <summary>Remembers a form; a newer one of the same takes its place.</summary>
    public Task PutAsync(FaxJob job, string form, RenderedContent drawn, CancellationToken cancel) => database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync(
            """
            insert into renderings (document, variant, content, pages, used_at) values (@Document, @variant, @ContentId, @Pages, @now)
            on conflict (document, variant) do update set content = excluded.content, pages = excluded.pages, used_at = excluded.used_at
            """,
            new { job.Document, variant = Variant(job, form), drawn.ContentId, drawn.Pages, now = Now },
            transaction),
        cancel,
        Durability.WithNext);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static string Variant(FaxJob job, string form) => $"{job.Id}.{form}";

    private sealed class Row
    {
        public string Content { get; set; } = "";
        public long Pages { get; set; }
    }
}

/// <summary>A drawn form.</summary>
/// <param name="ContentId">Where it is in the content store.</param>
/// <param name="Pages">How many pages it has.</param>
internal sealed record RenderedContent(string ContentId, int Pages);
