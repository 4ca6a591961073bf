using Dapper;
using Faxbot.Sdk.Numbers;
using Faxbot.Server.Content;
using Faxbot.Server.Outbox;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Messages;

/// <summary>Reads messages of both directions as one. Thread-safe.</summary>
internal sealed class MessageBook(Database database, SecretBox seal, OutboxStore outbox)
{
    /// <summary>The message, if it came in or that key owns it; <paramref name="keyId"/> null sees all.</summary>
    public async Task<MessageView?> FindAsync(string id, string? keyId, CancellationToken cancel)
    {
        if (await outbox.FindAsync(MessageKind.Message, id, keyId, cancel) is { } item)
            return MessageView.Of(item) with { Attempts = [.. (await outbox.AttemptsAsync(id, cancel)).Select(MessageAttemptView.Of)] };
        await using var connection = await database.OpenAsync(cancel);
        return await connection.QuerySingleOrDefaultAsync<InboundMessageRow>("select * from inbound_messages where id = @id", new { id }) is { } row ? MessageView.Of(row.ToMessage(seal)) : null;
    }

    /// <summary>The newest first; ids rise with time on either side.</summary>
    public async Task<IReadOnlyList<MessageView>> ListAsync(MessageQuery query, CancellationToken cancel)
    {
        var sent = query.Outbound ? await outbox.ListAsync(query.Items, cancel) : [];
        var received = query.Inbound ? await ReceivedAsync(query.Items, cancel) : [];
        return [.. sent.Select(MessageView.Of).Concat(received.Select(MessageView.Of)).OrderByDescending(message => message.Id, StringComparer.Ordinal).Take(query.Items.Limit)];
    }

    /// <summary>What was written between one of our numbers and one of theirs, by pair, the last one first.</summary>
    public async Task<IReadOnlyList<MessageThread>> ThreadsAsync(string? keyId, string? number, string? before, int limit, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var (own, sentTo, receivedFrom) = (
            keyId is null ? "" : " and key_id = @keyId",
            number is null ? "" : " and (to_number = @number or from_number = @number)",
            number is null ? "" : "where to_number = @number or from_number = @number");
        var rows = await connection.QueryAsync<ThreadRow>(
            $"""
            select ours, theirs, max(id) as last_id, count(*) as messages, count(inbound) as received from (
              select from_number as ours, to_number as theirs, id, null as inbound from outbox where kind = 'message'{own}{sentTo}
              union all select to_number, from_number, id, '1' from inbound_messages {receivedFrom}) as written
            group by ours, theirs having @before is null or max(id) < @before order by last_id desc limit @limit
            """,
            new { keyId, number, before, limit });
        return [.. rows.Select(row => row.ToThread())];
    }

    private async Task<IEnumerable<InboundMessage>> ReceivedAsync(OutboxQuery query, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<InboundMessageRow>(
            $"select * from inbound_messages where {string.Join(" and ", query.Terms().DefaultIfEmpty("1 = 1"))} order by id desc limit @Limit", query.Values());
        return rows.Select(row => row.ToMessage(seal));
    }

    private sealed class ThreadRow
    {
        public string? Ours { get; set; }
        public string Theirs { get; set; } = "";
        public string LastId { get; set; } = "";
        public long Messages { get; set; }
        public long Received { get; set; }

        public MessageThread ToThread() => new(Ours is null ? null : new PhoneNumber(Ours), new PhoneNumber(Theirs), LastId, Messages, Received);
    }
}

/// <summary>What was written between two numbers.</summary>
/// <param name="Ours">Our number; left out where the plugin's settings say it.</param>
/// <param name="Theirs">The other's.</param>
/// <param name="LastId">The last message.</param>
/// <param name="Messages">How many there are.</param>
/// <param name="Received">How many of them came in.</param>
internal sealed record MessageThread(PhoneNumber? Ours, PhoneNumber Theirs, string LastId, long Messages, long Received);
