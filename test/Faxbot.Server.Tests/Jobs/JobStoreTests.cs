using Faxbot.Server.Tests.Storage;

namespace Faxbot.Server.Tests.Jobs;

public sealed class JobStoreTests(SqliteUnderTest store) : JobStoreContract(store), IClassFixture<SqliteUnderTest>;

public sealed class JobStoreOnPostgresTests(PostgresUnderTest store) : JobStoreContract(store), IClassFixture<PostgresUnderTest>;
