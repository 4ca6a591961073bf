using Faxbot.Sdk.Messages;
using Faxbot.Server.Outbox;
using Faxbot.Server.Tests.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Faxbot.Server.Tests.Outbox;

/// <summary>Reports in every order, each once or twice: the first that is final decides, and nothing takes anything back.</summary>
public sealed class ReportOrderTests(SqliteUnderTest store) : IClassFixture<SqliteUnderTest>
{
    private static readonly MessageState[] All = [MessageState.Accepted, MessageState.Sent, MessageState.Delivered, MessageState.Undelivered, MessageState.NeverSent, MessageState.Unknown];

    [Fact]
    public async Task No_order_of_reports_moves_a_final_state_back()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        var plugins = new ScriptedPlugins { Messaging = { new ScriptedMessaging("sms") } };
        using var outbox = new OutboxUnderTest(await store.OpenEmptyAsync(), time, plugins);
        foreach (var order in Orders(All, 4))
        {
            var item = await outbox.AcceptAsync();
            await outbox.RunAsync();
            var providerId = "x" + plugins.Messaging[0].Sent.Last().AttemptId;
            var expected = OutboxState.Accepted;
            foreach (var state in order)
            {
                await outbox.ReportAsync("sms", providerId, state);
                expected = After(expected, state);
                Assert.Equal((expected, string.Join(' ', order)), ((await outbox.FindAsync(item.Id)).State, string.Join(' ', order)));
            }
        }
    }

    // The whole of what reports may do, said once more and otherwise.
    private static OutboxState After(OutboxState now, MessageState told) => (now, told) switch
    {
        (OutboxState.Delivered or OutboxState.Undelivered, _) => now,
        (_, MessageState.Delivered) => OutboxState.Delivered,
        (_, MessageState.Undelivered) => OutboxState.Undelivered,
        (_, MessageState.Sent) => OutboxState.Sent,
        _ => now,
    };

    private static IEnumerable<MessageState[]> Orders(MessageState[] states, int length) => length == 0
        ? [[]]
        : Orders(states, length - 1).SelectMany(order => states.Select(state => (MessageState[])[.. order, state]));
}
