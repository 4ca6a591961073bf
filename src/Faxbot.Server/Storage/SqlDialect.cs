using System.Globalization;

namespace Faxbot.Server.Storage;

/// <summary>The words in which SQLite and PostgreSQL differ; in migrations they stand as <c>{octets}</c>, <c>{identity}</c>.</summary>
internal sealed record SqlDialect
{
    public static SqlDialect Sqlite { get; } = new()
    {
        Name = "sqlite",
        Octets = "blob",
        Identity = "integer primary key autoincrement",
        SkipLocked = "",
        Lock = "",
    };

    public static SqlDialect PostgreSql { get; } = new()
    {
        Name = "postgresql",
        Octets = "bytea",
        Identity = "bigint generated always as identity primary key",
        SkipLocked = "for update skip locked",
        Lock = "for update",
    };

    /// <summary>The word in the names of migrations that are for it alone.</summary>
    public required string Name { get; init; }

    /// <summary>The type of a column of octets.</summary>
    public required string Octets { get; init; }

    /// <summary>The type of a key that counts up by itself.</summary>
    public required string Identity { get; init; }

    /// <summary>The end of a select that takes rows which nobody else holds; SQLite's writers are alone anyway.</summary>
    public required string SkipLocked { get; init; }

    /// <summary>The end of a select that waits for the rows and keeps others from them until the transaction ends.</summary>
    public required string Lock { get; init; }

    /// <summary>A statement that takes a lock which many may hold at once, until the transaction ends; SQLite's writers are alone anyway.</summary>
    public string SharedLock(long number) => this == PostgreSql ? string.Create(CultureInfo.InvariantCulture, $"select pg_advisory_xact_lock_shared({number}); ") : "";

    /// <summary>A statement that takes that lock alone, until the transaction ends.</summary>
    public string SoleLock(long number) => this == PostgreSql ? string.Create(CultureInfo.InvariantCulture, $"select pg_advisory_xact_lock({number}); ") : "";

    /// <summary>The test whether a value is in the list that a parameter holds: an array.</summary>
    public string In(string parameter) => this == PostgreSql ? $"= any(@{parameter})" : $"in @{parameter}";
}
