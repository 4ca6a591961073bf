using Faxbot.Server.Tests.Storage;

namespace Faxbot.Server.Tests.Plugins.Settings;

public sealed class PluginSettingsTests(SqliteUnderTest store) : PluginSettingsContract(store), IClassFixture<SqliteUnderTest>;

public sealed class PluginSettingsOnPostgresTests(PostgresUnderTest store) : PluginSettingsContract(store), IClassFixture<PostgresUnderTest>;
