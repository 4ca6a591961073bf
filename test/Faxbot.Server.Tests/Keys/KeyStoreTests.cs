using Faxbot.Server.Tests.Storage;

namespace Faxbot.Server.Tests.Keys;

public sealed class KeyStoreTests(SqliteUnderTest store) : KeyStoreContract(store), IClassFixture<SqliteUnderTest>;

public sealed class KeyStoreOnPostgresTests(PostgresUnderTest store) : KeyStoreContract(store), IClassFixture<PostgresUnderTest>;
