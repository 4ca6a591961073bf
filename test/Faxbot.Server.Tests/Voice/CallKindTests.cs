using Faxbot.Sdk.Calls;
using Faxbot.Sdk.Numbers;
using Faxbot.Sdk.Outcomes;
using Faxbot.Server.Outbox;
using Faxbot.Server.OptOuts;
using Faxbot.Server.Storage;
using Faxbot.Server.Voice;
using Faxbot.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Faxbot.Server.Tests.Voice;

/// <summary>What a plugin says of a call, in the words of the outbox, and who is not called.</summary>
public sealed class CallKindTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(CallState.Dialling, "Accepted")]
    [InlineData(CallState.Answered, "Sent")]
    [InlineData(CallState.NeverPlaced, "NeverSent")]
    [InlineData(CallState.Unknown, "Unknown")]
    // Ended without its outcome claims nothing.
    [InlineData(CallState.Ended, "Unknown")]
    public void A_state_is_told_as_far_as_it_was_seen(CallState state, string progress) =>
        Assert.Equal(progress, CallKind.ReportOf(new CallStatus { State = state }).Progress.ToString());

    [Theory]
    [InlineData(OutcomeClass.Success, true, "Delivered", OutcomeClass.Success)]
    [InlineData(OutcomeClass.Partial, true, "Undelivered", OutcomeClass.Partial)]
    // Whoever answered would hear it twice if it were tried again.
    [InlineData(OutcomeClass.Quality, true, "Undelivered", OutcomeClass.Partial)]
    [InlineData(OutcomeClass.Busy, false, "Undelivered", OutcomeClass.Busy)]
    [InlineData(OutcomeClass.NoAnswer, false, "Undelivered", OutcomeClass.NoAnswer)]
    [InlineData(OutcomeClass.Unknown, null, "Unknown", OutcomeClass.Unknown)]
    public void An_outcome_says_whether_all_was_heard(OutcomeClass @class, bool? answered, string progress, OutcomeClass told)
    {
        var outcome = new CallOutcome { Class = @class, Party = OutcomeParty.Number, Answered = answered, Sentence = "So it ended." };

        var report = CallKind.ReportOf(new CallStatus { State = CallState.Ended, Outcome = outcome });

        Assert.Equal((progress, told), (report.Progress.ToString(), report.Outcome!.Class));
    }

    [Fact]
    public async Task Who_opted_out_is_not_called()
    {
        using var folder = new TempFolder();
        await using var database = new Database(new DatabaseOptions { Sqlite = folder.Of("faxbot.db") });
        await database.MigrateAsync(Cancel);
        await new OptOutStore(database, new FakeTimeProvider(Now)).AddAsync(new PhoneNumber("+15550100"), null, "k1", Cancel);

        var refused = await database.WriteAsync(transaction => new CallKind(database).RefuseAsync(transaction, [Item("a", "+15550100"), Item("b", "+15550142")]), Cancel);

        var (id, outcome) = Assert.Single(refused);
        Assert.Equal(("a", OutcomeClass.Rejected, OutcomeParty.Policy), (id, outcome.Class, outcome.Party));
    }

    private static OutboxItem Item(string id, string to) => new()
    {
        Id = id,
        Kind = CallKind.Call,
        KeyId = "k1",
        To = new PhoneNumber(to),
        Content = [],
        Options = new OutboxOptions(),
        State = OutboxState.Queued,
        DueAt = Now,
        CreatedAt = Now,
        UpdatedAt = Now,
    };
}
