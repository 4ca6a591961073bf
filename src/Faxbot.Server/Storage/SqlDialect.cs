namespace Faxbot.Server.Storage;

/// <summary>The words in which SQLite and PostgreSQL differ; in migrations they stand as <c>{octets}</c>, <c>{identity}</c>.</summary>
internal sealed record SqlDialect
{
    public static SqlDialect Sqlite { get; } = new()
    {
        Octets = "blob",
        Identity = "integer primary key autoincrement",
        SkipLocked = "",
    };

    public static SqlDialect PostgreSql { get; } = new()
    {
        Octets = "bytea",
        Identity = "bigint generated always as identity primary key",
        SkipLocked = "for update skip locked",
    };

    /// <summary>The type of a column of octets.</summary>
    public required string Octets { get; init; }

    /// <summary>The type of a key that counts up by itself.</summary>
    public required string Identity { get; init; }

    /// <summary>The end of a select that takes rows which nobody else holds; SQLite's writers are alone anyway.</summary>
    public required string SkipLocked { get; init; }
}
