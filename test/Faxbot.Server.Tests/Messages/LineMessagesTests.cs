using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Numbers;
using Faxbot.Server.Audit;
using Faxbot.Server.Configuration;
using Faxbot.Server.Messages;
using Faxbot.Server.Outbox;
using Faxbot.Server.Tests.Outbox;
using Faxbot.Server.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Faxbot.Server.Tests.Messages;

/// <summary>What lines may send, and what becomes of what they tell.</summary>
public sealed class LineMessagesTests(SqliteUnderTest store) : IClassFixture<SqliteUnderTest>
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly ScriptedPlugins _plugins = new() { Messaging = { new ScriptedMessaging("sip") } };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_the_message_of_an_attempt_under_way_may_be_sent_and_only_by_its_plugin()
    {
        using var outbox = new OutboxUnderTest(await store.OpenEmptyAsync(), _time, _plugins);
        var lines = Open(outbox);
        Dictionary<string, bool> allowed = [];
        _plugins.Messaging[0].OnSend = async message =>
        {
            allowed["itself"] = await lines.IsUnderWayAsync("sip", message, Cancel);
            allowed["another plugin"] = await lines.IsUnderWayAsync("other", message, Cancel);
            allowed["another number"] = await lines.IsUnderWayAsync("sip", message with { To = new PhoneNumber("+15550199") }, Cancel);
            allowed["another text"] = await lines.IsUnderWayAsync("sip", message with { Text = "Buy this" }, Cancel);
            allowed["another attempt"] = await lines.IsUnderWayAsync("sip", message with { AttemptId = "0" }, Cancel);
            allowed["another message"] = await lines.IsUnderWayAsync("sip", message with { JobId = "0" }, Cancel);
            return new MessageResult(message.AttemptId, "sip");
        };
        await outbox.AcceptAsync();
        await outbox.RunAsync();

        Assert.Equal(["itself"], allowed.Where(entry => entry.Value).Select(entry => entry.Key));
        Assert.Equal(6, allowed.Count);
    }

    [Fact]
    public async Task What_the_line_says_holds_also_where_the_plugins_answer_comes_after_it_or_never()
    {
        using var outbox = new OutboxUnderTest(await store.OpenEmptyAsync(), _time, _plugins);
        var lines = Open(outbox);
        _plugins.Messaging[0].OnSend = async message =>
        {
            await lines.ReportAsync("sip", message.AttemptId, new MessageStatus { State = MessageState.Sent }, Cancel);
            return new MessageResult(message.AttemptId, "sip");
        };
        var item = await outbox.AcceptAsync();
        await outbox.RunAsync();
        Assert.Equal(OutboxState.Sent, (await outbox.FindAsync(item.Id)).State);

        var attempt = Assert.Single(await outbox.Store.AttemptsAsync(item.Id, Cancel));
        await lines.ReportAsync("other", attempt.Id, new MessageStatus { State = MessageState.Undelivered }, Cancel);
        Assert.Equal(OutboxState.Sent, (await outbox.FindAsync(item.Id)).State);
        await lines.ReportAsync("sip", attempt.Id, new MessageStatus { State = MessageState.Delivered }, Cancel);
        Assert.Equal(OutboxState.Delivered, (await outbox.FindAsync(item.Id)).State);
    }

    private LineMessages Open(OutboxUnderTest outbox) => new(
        new MessageInbox(
            outbox.Database, outbox.Seal, outbox.Store, outbox.Ledger, outbox.Signal, new AuditLog(outbox.Database, _time), new MessageOptions(), _time, NullLogger<MessageInbox>.Instance),
        outbox.Store,
        outbox.Ledger);
}
