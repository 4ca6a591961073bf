using Faxbot.Server.Tests.Storage;

namespace Faxbot.Server.Tests.Lines.Media;

public sealed class MediaMemoryTests(SqliteUnderTest store) : MediaMemoryContract(store), IClassFixture<SqliteUnderTest>;

public sealed class MediaMemoryOnPostgresTests(PostgresUnderTest store) : MediaMemoryContract(store), IClassFixture<PostgresUnderTest>;
