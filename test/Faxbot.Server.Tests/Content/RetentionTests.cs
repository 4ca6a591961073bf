using Faxbot.Server.Tests.Storage;

namespace Faxbot.Server.Tests.Content;

public sealed class RetentionTests(SqliteUnderTest rows) : RetentionContract(rows), IClassFixture<SqliteUnderTest>;

public sealed class RetentionOnPostgresTests(PostgresUnderTest rows) : RetentionContract(rows), IClassFixture<PostgresUnderTest>;
