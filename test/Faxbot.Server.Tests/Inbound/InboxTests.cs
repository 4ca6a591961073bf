using Faxbot.Server.Tests.Storage;

namespace Faxbot.Server.Tests.Inbound;

public sealed class InboxTests(SqliteUnderTest store) : InboxContract(store), IClassFixture<SqliteUnderTest>;

public sealed class InboxOnPostgresTests(PostgresUnderTest store) : InboxContract(store), IClassFixture<PostgresUnderTest>;
