using Dapper;
using Faxbot.Sdk.Numbers;
using Faxbot.Server.Content;
using Faxbot.Server.Inbound;
using Faxbot.Server.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Faxbot.Server.Tests.Content;

/// <summary>What is kept, and until when, alike on each kind of store.</summary>
public abstract class RetentionContract(StoreUnderTest rows)
{
    // Files have real times: what is swept here lies before or after them.
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Content_that_nobody_refers_to_goes_after_an_hour()
    {
        using var contents = await OpenAsync();
        var id = await contents.PutAsync("abandoned");

        Assert.Equal(new SweepResult(), await contents.Retention.SweepAsync(Cancel));
        Assert.True(await contents.HasAsync(id));
        Assert.Equal(1, (await contents.SweepLaterAsync()).Contents);

        Assert.Empty(contents.Files);
        await Assert.ThrowsAsync<ContentMissingException>(() => contents.Store.OpenAsync(id, Cancel));
    }

    [Fact]
    public async Task A_document_of_two_faxes_stays_until_the_time_of_both_is_over()
    {
        using var contents = await OpenAsync();
        var id = await contents.PutAsync("shared");
        var first = await contents.Faxes.AcceptAsync("+1", fax => fax with { Document = id });
        var second = await contents.Faxes.AcceptAsync("+2", fax => fax with { Document = id });

        await contents.Faxes.Jobs.CancelAsync(first.Id, null, Cancel);
        _time.Advance(contents.Keep.Documents * 2);
        await contents.SweepLaterAsync();
        Assert.True(await contents.HasAsync(id));

        await contents.Faxes.Jobs.CancelAsync(second.Id, null, Cancel);
        _time.Advance(contents.Keep.Documents - TimeSpan.FromHours(3));
        await contents.SweepLaterAsync();
        Assert.True(await contents.HasAsync(id));

        _time.Advance(TimeSpan.FromHours(3));
        await contents.SweepLaterAsync();
        Assert.False(await contents.HasAsync(id));
    }

    [Fact]
    public async Task Who_deletes_a_document_takes_it_from_nobody()
    {
        using var contents = await OpenAsync();
        var id = await contents.PutAsync("shared");
        await contents.Store.DeleteAsync(id, Cancel);
        Assert.True(await contents.HasAsync(id));

        await contents.Faxes.AcceptAsync("+1", fax => fax with { Document = id });
        _time.Advance(ContentReferences.Grace * 2);
        await contents.Store.DeleteAsync(id, Cancel);

        Assert.True(await contents.HasAsync(id));
    }

    [Fact]
    public async Task Content_that_is_asked_for_again_is_kept_for_another_hour()
    {
        using var contents = await OpenAsync();
        var id = await contents.PutAsync("resent");
        _time.Advance(ContentReferences.Grace * 2);

        await contents.Store.KeepAsync(id, Cancel);
        await contents.Retention.SweepAsync(Cancel);
        Assert.True(await contents.HasAsync(id));

        await contents.SweepLaterAsync();
        Assert.False(await contents.HasAsync(id));
    }

    [Fact]
    public async Task A_received_fax_and_its_contents_go_together()
    {
        using var contents = await OpenAsync();
        var (pdf, tiff) = (await contents.PutAsync("pdf"), await contents.PutAsync("tiff"));
        var fax = await contents.Inbox.AddAsync(
            new NewInboundFax { From = new PhoneNumber("+1"), To = new PhoneNumber("+2"), Backend = "b", Pages = 1, Octets = 3, Document = pdf, Tiff = tiff }, Cancel);

        _time.Advance(contents.Keep.Inbound - TimeSpan.FromHours(2));
        await contents.SweepLaterAsync();
        Assert.True(await contents.HasAsync(pdf) && await contents.HasAsync(tiff));

        Assert.Equal(1, (await contents.SweepLaterAsync()).Inbound);
        Assert.Null(await contents.Inbox.FindAsync(fax.Id, Cancel));
        Assert.Empty(contents.Files);
    }

    [Fact]
    public async Task Drawn_pages_stay_while_a_fax_waits_for_them_and_a_while_after_their_last_use()
    {
        using var contents = await OpenAsync();
        var (document, pages) = (await contents.PutAsync("document"), await contents.PutAsync("pages"));
        var fax = await contents.Faxes.AcceptAsync("+1", fax => fax with { Document = document });
        await contents.Renderings.KeepAsync(document, "fine", new StoredRendering(pages, 3), Cancel);

        _time.Advance(contents.Keep.Rendered * 2);
        await contents.SweepLaterAsync();
        Assert.Equal(new StoredRendering(pages, 3), await contents.Renderings.FindAsync(document, "fine", Cancel));
        Assert.Null(await contents.Renderings.FindAsync(document, "standard", Cancel));

        await contents.Faxes.Jobs.CancelAsync(fax.Id, null, Cancel);
        await contents.SweepLaterAsync();
        Assert.True(await contents.HasAsync(pages));
        _time.Advance(contents.Keep.Rendered);
        await contents.SweepLaterAsync();

        Assert.Null(await contents.Renderings.FindAsync(document, "fine", Cancel));
        Assert.False(await contents.HasAsync(pages));
        Assert.True(await contents.HasAsync(document));
    }

    [Fact]
    public async Task Faxes_go_with_their_events_but_never_before_they_have_ended()
    {
        using var contents = await OpenAsync();
        var ended = await contents.Faxes.AcceptAsync("+1");
        var waiting = await contents.Faxes.AcceptAsync("+2");
        await contents.Faxes.Jobs.CancelAsync(ended.Id, null, Cancel);

        _time.Advance(contents.Keep.Events + TimeSpan.FromHours(1));
        var swept = await contents.Retention.SweepAsync(Cancel);
        Assert.Equal((0, 3), (swept.Faxes, swept.Events));

        _time.Advance(contents.Keep.Jobs);
        Assert.Equal(1, (await contents.Retention.SweepAsync(Cancel)).Faxes);
        Assert.Null(await contents.Faxes.Jobs.FindAsync(ended.Id, null, Cancel));
        Assert.NotNull(await contents.Faxes.Jobs.FindAsync(waiting.Id, null, Cancel));
    }

    [Fact]
    public async Task More_than_a_batch_is_swept_at_once()
    {
        using var contents = await OpenAsync();
        for (var i = 0; i < 450; i++) await contents.PutAsync($"content {i}");

        Assert.Equal(450, (await contents.SweepLaterAsync()).Contents);

        Assert.Empty(contents.Files);
    }

    [Fact]
    public async Task A_crash_before_the_blob_has_its_name_leaves_a_row_that_is_swept()
    {
        using var contents = await OpenAsync();
        contents.Blobs.BeforeCommit = () => throw new IOException("The power is gone.");

        await Assert.ThrowsAsync<IOException>(() => contents.PutAsync("lost"));
        Assert.Equal(1, await CountAsync(contents));
        contents.Blobs.BeforeCommit = null;
        Assert.Equal(1, (await contents.SweepLaterAsync()).Contents);

        Assert.Equal(0, await CountAsync(contents));
        await contents.PutAsync("lost");
    }

    [Fact]
    public async Task A_blob_that_cannot_be_deleted_keeps_its_row_and_is_tried_again()
    {
        using var contents = await OpenAsync();
        await contents.PutAsync("stubborn");
        contents.Blobs.BeforeDelete = _ => throw new IOException("The power is gone.");

        await Assert.ThrowsAsync<IOException>(contents.SweepLaterAsync);
        Assert.Equal(1, await CountAsync(contents));
        contents.Blobs.BeforeDelete = null;
        Assert.Equal(1, (await contents.Retention.SweepAsync(Cancel)).Contents);

        Assert.Empty(contents.Files);
    }

    [Fact]
    public async Task Content_that_is_put_while_equal_content_is_deleted_stays()
    {
        using var contents = await OpenAsync();
        var id = await contents.PutAsync("again");
        var (deleting, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        contents.Blobs.BeforeDelete = _ =>
        {
            deleting.SetResult();
            return goOn.Task;
        };

        var sweep = contents.SweepLaterAsync();
        await deleting.Task;
        var put = contents.PutAsync("again");
        goOn.SetResult();
        await Task.WhenAll(sweep, put);

        Assert.Equal(1, (await sweep).Contents);
        Assert.Equal("again", await contents.ReadTextAsync(id));
        Assert.Equal(1, await CountAsync(contents));
    }

    [Fact]
    public async Task Content_that_is_deleted_under_its_name_before_its_row_is_there_is_there_again()
    {
        using var contents = await OpenAsync();
        var id = await contents.PutAsync("again");
        await using var staged = await contents.Store.StageAsync(new MemoryStream("again"u8.ToArray()), 10, Cancel);
        await staged.CommitAsync(Cancel);
        Assert.Equal(1, (await contents.SweepLaterAsync()).Contents);
        Assert.False(await contents.HasAsync(id));

        await contents.Faxes.AcceptAsync("+1", fax => fax with { Document = id, SealedWith = staged.SealedWith });
        await staged.EnsureAsync(Cancel);

        Assert.Equal("again", await contents.ReadTextAsync(id));
        await contents.SweepLaterAsync();
        Assert.Equal("again", await contents.ReadTextAsync(id));
        Assert.Equal(1, await CountAsync(contents));
    }

    [Fact]
    public async Task A_blob_that_no_row_knows_goes_after_the_grace_unless_a_fax_needs_it()
    {
        using var contents = await OpenAsync();
        var (orphan, needed) = (await contents.PutAsync("orphan"), await contents.PutAsync("needed"));
        await contents.Faxes.AcceptAsync("+1", fax => fax with { Document = needed });
        await contents.Database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync("delete from contents", transaction: transaction), Cancel);

        Assert.Equal(0, (await contents.Retention.SweepAsync(Cancel)).Orphans);
        Assert.Equal(1, (await contents.SweepLaterAsync()).Orphans);

        Assert.False(await contents.HasAsync(orphan));
        Assert.Equal("needed", await contents.ReadTextAsync(needed));
        Assert.Equal(1, await CountAsync(contents));
    }

    [Fact]
    public async Task What_an_older_key_sealed_is_sealed_again_and_damage_stops_nobody()
    {
        using var contents = await OpenAsync();
        var ids = new List<string>();
        for (var i = 0; i < 3; i++) ids.Add(await contents.PutAsync($"content {i}"));
        var old = contents.Ring.Newest;
        contents.Ring.Rotate();
        var young = await contents.PutAsync("young");
        await File.WriteAllTextAsync(contents.Files.Single(file => file.EndsWith(ids[1], StringComparison.Ordinal)), "nonsense", Cancel);

        Assert.Equal(1, await contents.Retention.ResealAsync(Cancel));

        Assert.Equal("content 0", await contents.ReadTextAsync(ids[0]));
        Assert.Equal("content 2", await contents.ReadTextAsync(ids[2]));
        Assert.All(
            await Task.WhenAll(new[] { ids[0], ids[2], young }.Select(contents.SealedAsync)),
            blob => Assert.Equal(contents.Ring.Newest.Id, SealedHeader.TryRead(blob.AsSpan(0, SealedHeader.Octets), out var key, out _) ? key : old.Id));
    }

    [Fact]
    public async Task The_sweep_runs_by_itself()
    {
        using var contents = await OpenAsync();
        var id = await contents.PutAsync("abandoned");
        var deleted = new TaskCompletionSource<string>();
        contents.Blobs.BeforeDelete = name =>
        {
            deleted.TrySetResult(name);
            return Task.CompletedTask;
        };
        using var sweep = new RetentionSweep(contents.Retention, _time, NullLogger<RetentionSweep>.Instance);

        _time.Advance(ContentReferences.Grace + TimeSpan.FromSeconds(1));
        await sweep.StartAsync(Cancel);

        Assert.Equal(id, await deleted.Task.WaitAsync(Cancel));
        await sweep.StopAsync(Cancel);
    }

    private static async Task<long> CountAsync(StoredContents contents)
    {
        await using var connection = await contents.Database.OpenAsync(Cancel);
        return await connection.ExecuteScalarAsync<long>("select count(*) from contents");
    }

    private async Task<StoredContents> OpenAsync() => new(await rows.OpenEmptyAsync(), _time);
}
