using Dapper;
using Faxbot.Sdk.Numbers;
using Faxbot.Server.Jobs;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Lines.Media;

/// <summary>One row of the memory.</summary>
internal sealed record MediaMemoryRow(PhoneNumber Number, string Trunk, MediaKnowledge Known, DateTimeOffset LearnedAt, DateTimeOffset ExpiresAt);

/// <summary>Table <c>media_memory</c>: what worked on calls that went out, by number and trunk, with an end. Thread-safe; what was learnt is durable on return.</summary>
internal sealed class MediaMemory(Database database, TimeProvider time)
{
    /// <summary>How long a call's lesson holds.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    /// <summary>What is known and has not expired; nothing known when there is none.</summary>
    public async Task<MediaKnowledge> FindAsync(PhoneNumber number, string trunk, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            "select * from media_memory where number = @Number and trunk = @trunk and expires_at > @now",
            new { Number = number.Value, trunk, now = Now });
        return row?.ToKnowledge() ?? new MediaKnowledge();
    }

    /// <summary>All that has not expired, of one number or of all, newest first.</summary>
    public async Task<IReadOnlyList<MediaMemoryRow>> ListAsync(PhoneNumber? number, int most, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<Row>(
            $"select * from media_memory where expires_at > @now {(number is null ? "" : "and number = @number")} order by learned_at desc, number limit @most",
            new { now = Now, number = number?.Value, most });
        return [.. rows.Select(row => row.ToMemory())];
    }

    /// <summary>Learns from a call, and forgets what has expired.</summary>
    public Task LearnAsync(PhoneNumber number, string trunk, MediaKnowledge known, CancellationToken cancel) => database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync(
            """
            delete from media_memory where expires_at <= @LearnedAt;
            insert into media_memory (number, trunk, switched_by, first_offer_refused, ecm, bit_rate, good_calls, learned_at, expires_at)
            values (@Number, @Trunk, @SwitchedBy, @FirstOfferRefused, @Ecm, @BitRate, @GoodCalls, @LearnedAt, @ExpiresAt)
            on conflict (number, trunk) do update set switched_by = excluded.switched_by, first_offer_refused = excluded.first_offer_refused,
              ecm = excluded.ecm, bit_rate = excluded.bit_rate, good_calls = excluded.good_calls, learned_at = excluded.learned_at, expires_at = excluded.expires_at
            """,
            Row.Of(number, trunk, known, time.GetUtcNow()),
            transaction),
        cancel);

    /// <summary>Forgets a number, on all trunks; gives how many rows went.</summary>
    public Task<int> ForgetAsync(PhoneNumber number, CancellationToken cancel) => database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync("delete from media_memory where number = @Number", new { Number = number.Value }, transaction), cancel);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private sealed class Row
    {
        public string Number { get; set; } = "";
        public string Trunk { get; set; } = "";
        public string? SwitchedBy { get; set; }
        public long FirstOfferRefused { get; set; }
        public long? Ecm { get; set; }
        public long? BitRate { get; set; }
        public long GoodCalls { get; set; }
        public long LearnedAt { get; set; }
        public long ExpiresAt { get; set; }

        public static Row Of(PhoneNumber number, string trunk, MediaKnowledge known, DateTimeOffset now) => new()
        {
            Number = number.Value,
            Trunk = trunk,
            SwitchedBy = known.SwitchedBy is { } by ? Words<MediaSwitch>.Of(by) : null,
            FirstOfferRefused = known.FirstOfferRefused ? 1 : 0,
            Ecm = known.Ecm is { } ecm ? ecm ? 1 : 0 : null,
            BitRate = known.BitRate,
            GoodCalls = known.GoodCalls,
            LearnedAt = now.ToUnixTimeMilliseconds(),
            ExpiresAt = (now + Lifetime).ToUnixTimeMilliseconds(),
        };

        public MediaKnowledge ToKnowledge() => new()
        {
            SwitchedBy = SwitchedBy is null ? null : Words<MediaSwitch>.Parse(SwitchedBy),
            FirstOfferRefused = FirstOfferRefused != 0,
            Ecm = Ecm is { } ecm ? ecm != 0 : null,
            BitRate = (int?)BitRate,
            GoodCalls = (int)GoodCalls,
        };

        public MediaMemoryRow ToMemory() => new(
            new PhoneNumber(Number), Trunk, ToKnowledge(),
            DateTimeOffset.FromUnixTimeMilliseconds(LearnedAt), DateTimeOffset.FromUnixTimeMilliseconds(ExpiresAt));
    }
}
