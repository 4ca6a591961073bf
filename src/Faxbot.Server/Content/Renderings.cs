using Dapper;
using Faxbot.Server.Configuration;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Content;

/// <summary>Which drawn pages belong to which document. They are kept while a fax of the document is not final, and for the retention after their last use. Thread-safe.</summary>
internal sealed class Renderings(Database database, RetentionOptions retention, TimeProvider time)
{
    /// <summary>The pages of a document that are drawn so; null when they are not, or not any more.</summary>
    public Task<StoredRendering?> FindAsync(string document, string variant, CancellationToken cancel) => database.WriteAsync(
        async transaction =>
        {
            var found = await transaction.Connection!.ExecuteAsync(
                "update renderings set used_at = @now where document = @document and variant = @variant", new { document, variant, now = Now }, transaction);
            if (found == 0) return null;
            var row = await transaction.Connection!.QuerySingleAsync<RenderingRow>(
                "select content, pages from renderings where document = @document and variant = @variant", new { document, variant }, transaction);
            return new StoredRendering(row.Content, (int)row.Pages);
        },
        cancel,
        // A power cut loses nothing but a little of the time it is kept for.
        Durability.WithNext);

    /// <summary>Notes that a document is drawn so; the content is stored already.</summary>
    /// <param name="document">The document's content.</param>
    /// <param name="variant">How it is drawn: all that makes a difference.</param>
    /// <param name="rendering">Its pages.</param>
    /// <param name="cancel">Ends it.</param>
    public Task KeepAsync(string document, string variant, StoredRendering rendering, CancellationToken cancel) => database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync(
            """
            insert into renderings (document, variant, content, pages, used_at) values (@document, @variant, @Content, @Pages, @now)
            on conflict (document, variant) do update set content = excluded.content, pages = excluded.pages, used_at = excluded.used_at
            """,
            new { document, variant, rendering.Content, rendering.Pages, now = Now },
            transaction),
        cancel,
        // They can be drawn again.
        Durability.WithNext);

    /// <summary>Forgets those whose time is over; their contents are then needed by nobody. Says how many.</summary>
    public Task<int> ForgetOldAsync(CancellationToken cancel) => database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync(
            """
            delete from renderings where used_at < @before
              and not exists (select 1 from faxes f where f.document = renderings.document and f.finished_at is null)
            """,
            new { before = (time.GetUtcNow() - retention.Rendered).ToUnixTimeMilliseconds() },
            transaction),
        cancel);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private sealed class RenderingRow
    {
        public string Content { get; set; } = "";
        public long Pages { get; set; }
    }
}

/// <summary>The drawn pages of a document.</summary>
/// <param name="Content">The TIFF in the content store.</param>
/// <param name="Pages">How many.</param>
internal sealed record StoredRendering(string Content, int Pages);
