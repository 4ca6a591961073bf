using Faxbot.Server.Tests.Storage;

namespace Faxbot.Server.Tests.Jobs;

public sealed class CrashTests(SqliteUnderTest store) : CrashContract(store), IClassFixture<SqliteUnderTest>
{
    protected override int Stride => 1;
}

public sealed class CrashOnPostgresTests(PostgresUnderTest store) : CrashContract(store), IClassFixture<PostgresUnderTest>
{
    protected override int Stride => 3;
}
