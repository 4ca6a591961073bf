using Dapper;
using Faxbot.Sdk.Numbers;
using Faxbot.Server.Jobs;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Lines.Media;

/// <summary>One row of the memory.</summary>
internal sealed record MediaMemoryRow(MediaParty Party, MediaKnowledge Known, DateTimeOffset LearnedAt, DateTimeOffset ExpiresAt);

/// <summary>Table <c>media_memory</c>: what worked on calls, by number, trunk and direction, with an end. Thread-safe; what was learnt is durable on return.</summary>
internal sealed class MediaMemory(Database database, TimeProvider time)
{
    /// <summary>How long a call's lesson holds.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    /// <summary>What is known of those who call: what this gateway learnt, and what the table held when <see cref="LoadCallersAsync"/> read it.</summary>
    public KnownCallers Callers { get; } = new(time);

    /// <summary>Reads what is known of those who call, before the first of them does.</summary>
    public async Task LoadCallersAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<Row>(
            "select * from media_memory where direction = @Inbound and expires_at > @Now order by learned_at desc limit @Most",
            new { Inbound = Words<MediaDirection>.Of(MediaDirection.Inbound), Now, KnownCallers.Most });
        foreach (var row in rows.Select(row => row.ToMemory())) Callers.Keep(row.Party.Number, row.Party.Trunk, row.Known, row.ExpiresAt);
    }

    /// <summary>What is known and has not expired; nothing known when there is none.</summary>
    public async Task<MediaKnowledge> FindAsync(MediaParty party, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            "select * from media_memory where number = @Number and trunk = @Trunk and direction = @Direction and expires_at > @Now",
            new { Number = party.Number.Value, party.Trunk, Direction = Words<MediaDirection>.Of(party.Direction), Now });
        return row?.ToKnowledge() ?? new MediaKnowledge();
    }

    /// <summary>All that has not expired, of one number or of all, newest first.</summary>
    public async Task<IReadOnlyList<MediaMemoryRow>> ListAsync(PhoneNumber? number, int most, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<Row>(
            $"select * from media_memory where expires_at > @now {(number is null ? "" : "and number = @number")} order by learned_at desc, number, trunk, direction limit @most",
            new { now = Now, number = number?.Value, most });
        return [.. rows.Select(row => row.ToMemory())];
    }

    /// <summary>Learns from a call, and forgets what has expired.</summary>
    public async Task LearnAsync(MediaParty party, MediaKnowledge known, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await database.WriteAsync(
            transaction => transaction.Connection!.ExecuteAsync(
                """
                delete from media_memory where expires_at <= @LearnedAt;
                insert into media_memory (number, trunk, direction, switched_by, first_offer_refused, ecm, bit_rate, good_calls, learned_at, expires_at)
                values (@Number, @Trunk, @Direction, @SwitchedBy, @FirstOfferRefused, @Ecm, @BitRate, @GoodCalls, @LearnedAt, @ExpiresAt)
                on conflict (number, trunk, direction) do update set switched_by = excluded.switched_by, first_offer_refused = excluded.first_offer_refused,
                  ecm = excluded.ecm, bit_rate = excluded.bit_rate, good_calls = excluded.good_calls, learned_at = excluded.learned_at, expires_at = excluded.expires_at
                """,
                Row.Of(party, known, now),
                transaction),
            cancel);
        if (party.Direction == MediaDirection.Inbound) Callers.Keep(party.Number, party.Trunk, known, now + Lifetime);
    }

    /// <summary>Forgets a number, on all trunks and in both directions; gives how many rows went.</summary>
    public async Task<int> ForgetAsync(PhoneNumber number, CancellationToken cancel)
    {
        Callers.Forget(number);
        return await database.WriteAsync(
            transaction => transaction.Connection!.ExecuteAsync("delete from media_memory where number = @Number", new { Number = number.Value }, transaction), cancel);
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private sealed class Row
    {
        public string Number { get; set; } = "";
        public string Trunk { get; set; } = "";
        public string Direction { get; set; } = "";
        public string? SwitchedBy { get; set; }
        public long FirstOfferRefused { get; set; }
        public long? Ecm { get; set; }
        public long? BitRate { get; set; }
        public long GoodCalls { get; set; }
        public long LearnedAt { get; set; }
        public long ExpiresAt { get; set; }

        public static Row Of(MediaParty party, MediaKnowledge known, DateTimeOffset now) => new()
        {
            Number = party.Number.Value,
            Trunk = party.Trunk,
            Direction = Words<MediaDirection>.Of(party.Direction),
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
            new MediaParty(new PhoneNumber(Number), Trunk, Words<MediaDirection>.Parse(Direction)), ToKnowledge(),
            DateTimeOffset.FromUnixTimeMilliseconds(LearnedAt), DateTimeOffset.FromUnixTimeMilliseconds(ExpiresAt));
    }
}
