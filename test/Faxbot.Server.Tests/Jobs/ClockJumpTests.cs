using Faxbot.Server.Tests.Storage;

namespace Faxbot.Server.Tests.Jobs;

public sealed class ClockJumpTests(SqliteUnderTest store) : ClockJumpContract(store), IClassFixture<SqliteUnderTest>;

public sealed class ClockJumpOnPostgresTests(PostgresUnderTest store) : ClockJumpContract(store), IClassFixture<PostgresUnderTest>;
