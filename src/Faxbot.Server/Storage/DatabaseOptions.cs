namespace Faxbot.Server.Storage;

/// <summary>Where the gateway keeps its rows: exactly one of the two.</summary>
internal sealed record DatabaseOptions
{
    /// <summary>The path of a SQLite file; created when it is not there.</summary>
    public string? Sqlite { get; init; }

    /// <summary>A PostgreSQL connection string; several gateways may share it.</summary>
    public string? PostgreSql { get; init; }
}
