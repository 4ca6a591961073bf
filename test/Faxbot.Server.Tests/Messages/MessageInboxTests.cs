using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Numbers;
using Faxbot.Server.Audit;
using Faxbot.Server.Keys;
using Faxbot.Server.Messages;
using Faxbot.Server.OptOuts;
using Faxbot.Server.Outbox;
using Faxbot.Server.Storage;
using Faxbot.Server.Tests.Api;

namespace Faxbot.Server.Tests.Messages;

public sealed class MessageInboxTests() : EndpointTests(Scopes.MessageSend, Scopes.MessageRead)
{
    private const string Theirs = "+15550100100", Ours = "+15550100200";

    [Fact]
    public async Task A_message_that_is_told_twice_came_in_once()
    {
        Assert.True(await ReceiveAsync("p1", "Hello"));
        Assert.False(await ReceiveAsync("p1", "Hello"));
        Assert.True(await ReceiveAsync("p2", "Hello"));

        await using var connection = await Gateway.Get<Database>().OpenAsync(Cancel);
        Assert.Equal((2, 2), (await connection.ExecuteScalarAsync<int>("select count(*) from inbound_messages"), await connection.ExecuteScalarAsync<int>("select count(*) from events where type = 'message.received'")));
    }

    [Fact]
    public async Task STOP_opts_out_and_START_in_again_each_answered_once()
    {
        await ReceiveAsync("p1", "Stop ");
        await ReceiveAsync("p2", "stopall");
        Assert.NotNull(await Gateway.Get<OptOutStore>().FindAsync(new PhoneNumber(Theirs), Cancel));
        await ReceiveAsync("p3", "START");
        await ReceiveAsync("p4", "yes");

        Assert.Null(await Gateway.Get<OptOutStore>().FindAsync(new PhoneNumber(Theirs), Cancel));
        Assert.Equal(["Bye.", "Hello again."], (await RepliesAsync()).Select(MessageKind.TextOf));
        Assert.All(await RepliesAsync(), reply => Assert.Equal((Theirs, Ours, "sms", true), (reply.To.Value, reply.From!.Value.Value, reply.Options.PluginId, reply.Options.IsReply)));
        Assert.Equal([AuditAction.OptOutRemoved, AuditAction.OptOutAdded], (await Gateway.Get<AuditLog>().ListAsync(new AuditQuery { Actor = "sms" }, Cancel)).Select(entry => entry.Action));
    }

    [Fact]
    public async Task HELP_is_answered_and_changes_nothing()
    {
        await ReceiveAsync("p1", "info");

        Assert.Equal(["Call us."], (await RepliesAsync()).Select(MessageKind.TextOf));
        Assert.Empty(await Gateway.Get<OptOutStore>().ListAsync(10, 0, Cancel));
    }

    [Fact]
    public async Task The_list_is_kept_by_the_API_too_and_each_change_is_recorded()
    {
        using var added = await Client.Http.PostAsJsonAsync("/opt-outs", new { number = "+1 555 010 0100", note = "by phone" }, Cancel);
        using var wrong = await Client.Http.PostAsJsonAsync("/opt-outs", new { number = "x" }, Cancel);
        var listed = await Client.Http.GetFromJsonAsync<JsonElement[]>("/opt-outs", Cancel);
        using var removed = await Client.Http.DeleteAsync("/opt-outs/%2B15550100100", Cancel);
        using var again = await Client.Http.DeleteAsync("/opt-outs/%2B15550100100", Cancel);

        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.NoContent, HttpStatusCode.NotFound), (added.StatusCode, wrong.StatusCode, removed.StatusCode, again.StatusCode));
        var entry = Assert.Single(listed!);
        Assert.Equal((Theirs, "api", "by phone"), (entry.GetProperty("number").GetString(), entry.GetProperty("source").GetString(), entry.GetProperty("note").GetString()));
        var audit = await Gateway.Get<AuditLog>().ListAsync(new AuditQuery { Actor = Client.KeyId }, Cancel);
        Assert.Equal([AuditAction.OptOutRemoved, AuditAction.OptOutAdded], audit.Select(one => one.Action));
        Assert.All(audit, one => Assert.DoesNotContain(Theirs, one.Subject, StringComparison.Ordinal));
    }

    private async Task<IReadOnlyList<OutboxItem>> RepliesAsync() =>
        [.. (await Gateway.Get<OutboxStore>().ListAsync(new OutboxQuery { Kind = MessageKind.Message, KeyId = MessageInbox.Gateway }, Cancel)).Reverse()];

    private Task<bool> ReceiveAsync(string providerId, string text)
    {
        // Ids rise from one instant to the next.
        Gateway.Time.Advance(TimeSpan.FromMilliseconds(1));
        return Gateway.Get<MessageInbox>().ReceiveAsync(
            "sms", new ReceivedMessage(providerId, Gateway.Time.GetUtcNow(), new PhoneNumber(Theirs), new PhoneNumber(Ours), text), Cancel);
    }
}
