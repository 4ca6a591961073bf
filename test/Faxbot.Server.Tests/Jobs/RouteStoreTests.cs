using Faxbot.Server.Tests.Storage;

namespace Faxbot.Server.Tests.Jobs;

public sealed class RouteStoreTests(SqliteUnderTest store) : RouteStoreContract(store), IClassFixture<SqliteUnderTest>;

public sealed class RouteStoreOnPostgresTests(PostgresUnderTest store) : RouteStoreContract(store), IClassFixture<PostgresUnderTest>;
