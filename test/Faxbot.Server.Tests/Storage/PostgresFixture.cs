using Faxbot.Server.Tests.Storage;
using Faxbot.Testing.Peers;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace Faxbot.Server.Tests.Storage;

/// <summary>The one PostgreSQL of the test run; started when the first test wants it.</summary>
public sealed class PostgresFixture : IAsyncDisposable
{
    private readonly Lazy<Task<PostgresServer>> _server = new(() => PostgresServer.StartAsync());

    public async Task<string> CreateDatabaseAsync() => await (await _server.Value).CreateDatabaseAsync();

    public async ValueTask DisposeAsync()
    {
        if (!_server.IsValueCreated) return;
        try
        {
            await (await _server.Value).DisposeAsync();
        }
        catch (InvalidOperationException)
        {
            // It did not start: the tests that wanted it have said so.
        }
    }
}
