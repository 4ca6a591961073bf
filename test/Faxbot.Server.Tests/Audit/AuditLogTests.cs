using Faxbot.Server.Audit;
using Faxbot.Server.Tests.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Faxbot.Server.Tests.Audit;

/// <summary>What the audit table does, alike on each kind of store.</summary>
public abstract class AuditLogContract(StoreUnderTest store)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Entries_come_newest_first_by_page_and_by_what_is_asked_for()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        var audit = new AuditLog(await store.OpenAsync(), time);
        for (var i = 0; i < 5; i++)
        {
            await audit.RecordAsync(
                new AuditEntry { Actor = i % 2 == 0 ? "even" : "odd", Action = AuditAction.FaxCancelled, Subject = $"fax{i}", Address = "192.0.2.1" }, Cancel);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        var page = await audit.ListAsync(new AuditQuery { Limit = 2 }, Cancel);
        var next = await audit.ListAsync(new AuditQuery { Limit = 2, Before = page[^1].Id }, Cancel);

        Assert.Equal(["fax4", "fax3", "fax2", "fax1"], page.Concat(next).Select(entry => entry.Subject));
        Assert.Equal(time.GetUtcNow().AddSeconds(-1), page[0].At);
        Assert.Equal(["fax3", "fax1"], (await audit.ListAsync(new AuditQuery { Actor = "odd" }, Cancel)).Select(entry => entry.Subject));
        Assert.Single(await audit.ListAsync(new AuditQuery { Subject = "fax0" }, Cancel));
        Assert.Empty(await audit.ListAsync(new AuditQuery { Action = AuditAction.KeyRevoked }, Cancel));
    }
}

public sealed class AuditLogTests(SqliteUnderTest store) : AuditLogContract(store), IClassFixture<SqliteUnderTest>;

public sealed class AuditLogOnPostgresTests(PostgresUnderTest store) : AuditLogContract(store), IClassFixture<PostgresUnderTest>;
