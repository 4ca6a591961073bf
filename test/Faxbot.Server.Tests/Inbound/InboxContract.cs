using Faxbot.Sdk.Numbers;
using Faxbot.Server.Inbound;
using Faxbot.Server.Tests.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Faxbot.Server.Tests.Inbound;

/// <summary>What the inbox does, alike on each kind of store.</summary>
public abstract class InboxContract(StoreUnderTest store)
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static NewInboundFax Fax => new()
    {
        From = new PhoneNumber("+15550100"), To = new PhoneNumber("+15550200"), Backend = "faxbot-sip", Pages = 2, Octets = 1234, Document = "pdf",
    };

    [Fact]
    public async Task A_received_fax_reads_as_it_was_given()
    {
        var inbox = await OpenAsync();
        var received = _time.GetUtcNow().AddMinutes(-3);

        var added = await inbox.AddAsync(Fax with { ProviderId = "p1", Mailbox = "ward", Tiff = "tiff", ReceivedAt = received }, Cancel);

        Assert.Equal(added, await inbox.FindAsync(added.Id, Cancel));
        Assert.Equal(
            new InboundFax
            {
                Id = added.Id, From = Fax.From, To = Fax.To, Status = "received", Backend = "faxbot-sip", ProviderId = "p1", Mailbox = "ward", Pages = 2, Octets = 1234,
                Document = "pdf", Tiff = "tiff", ReceivedAt = received, CreatedAt = _time.GetUtcNow(), UpdatedAt = _time.GetUtcNow(),
            },
            added);
        Assert.Null(await inbox.FindAsync("none", Cancel));
    }

    [Fact]
    public async Task What_a_provider_tells_twice_is_one_fax()
    {
        var inbox = await OpenAsync();

        var told = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => inbox.AddAsync(Fax with { ProviderId = "p1", Pages = i }, Cancel)));
        await inbox.AddAsync(Fax with { ProviderId = "p1", Backend = "other" }, Cancel);
        await inbox.AddAsync(Fax, Cancel);
        await inbox.AddAsync(Fax, Cancel);

        Assert.Single(told.Distinct());
        Assert.Equal(4, (await inbox.ListAsync(new InboundQuery(), Cancel)).Count);
    }

    [Fact]
    public async Task Lists_show_the_newest_first_and_only_what_was_asked_for()
    {
        var inbox = await OpenAsync();
        for (var i = 0; i < 6; i++)
        {
            await inbox.AddAsync(
                Fax with { Pages = i, To = new PhoneNumber(i % 2 == 0 ? "+15550200" : "+15550201"), Mailbox = i < 3 ? "ward" : null, Status = i == 5 ? "damaged" : "received" }, Cancel);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([5, 4, 3, 2, 1, 0], await PagesAsync(inbox, new InboundQuery()));
        Assert.Equal([4, 3], await PagesAsync(inbox, new InboundQuery { Limit = 2, Offset = 1 }));
        Assert.Equal([4, 2, 0], await PagesAsync(inbox, new InboundQuery { To = new PhoneNumber("+15550200") }));
        Assert.Equal([2, 0], await PagesAsync(inbox, new InboundQuery { To = new PhoneNumber("+15550200"), Mailbox = "ward" }));
        Assert.Equal([5], await PagesAsync(inbox, new InboundQuery { Status = "damaged" }));
    }

    [Fact]
    public async Task A_deleted_fax_is_gone_and_can_be_told_anew()
    {
        var inbox = await OpenAsync();
        var added = await inbox.AddAsync(Fax with { ProviderId = "p1" }, Cancel);

        Assert.True(await inbox.DeleteAsync(added.Id, Cancel));
        Assert.False(await inbox.DeleteAsync(added.Id, Cancel));

        Assert.Null(await inbox.FindAsync(added.Id, Cancel));
        Assert.NotEqual(added.Id, (await inbox.AddAsync(Fax with { ProviderId = "p1" }, Cancel)).Id);
    }

    private static async Task<IEnumerable<int>> PagesAsync(InboxStore inbox, InboundQuery query) => (await inbox.ListAsync(query, Cancel)).Select(fax => fax.Pages);

    private async Task<InboxStore> OpenAsync() => new(await store.OpenEmptyAsync(), _time);
}
