using Faxbot.Server.Tests.Storage;

namespace Faxbot.Server.Tests.Jobs;

public sealed class DispatchTests(SqliteUnderTest store) : DispatchContract(store), IClassFixture<SqliteUnderTest>;

public sealed class DispatchOnPostgresTests(PostgresUnderTest store) : DispatchContract(store), IClassFixture<PostgresUnderTest>;
