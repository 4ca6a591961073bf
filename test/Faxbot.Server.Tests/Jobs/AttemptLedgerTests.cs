using Faxbot.Server.Tests.Storage;

namespace Faxbot.Server.Tests.Jobs;

public sealed class AttemptLedgerTests(SqliteUnderTest store) : AttemptLedgerContract(store), IClassFixture<SqliteUnderTest>;

public sealed class AttemptLedgerOnPostgresTests(PostgresUnderTest store) : AttemptLedgerContract(store), IClassFixture<PostgresUnderTest>;
