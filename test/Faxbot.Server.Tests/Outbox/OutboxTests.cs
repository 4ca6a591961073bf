using Faxbot.Server.Tests.Storage;

namespace Faxbot.Server.Tests.Outbox;

public sealed class OutboxTests(SqliteUnderTest store) : OutboxContract(store), IClassFixture<SqliteUnderTest>;

public sealed class OutboxOnPostgresTests(PostgresUnderTest store) : OutboxContract(store), IClassFixture<PostgresUnderTest>;
