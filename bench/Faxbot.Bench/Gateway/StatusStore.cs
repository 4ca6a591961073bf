using Faxbot.Server.Storage;
using Faxbot.Testing.Gateway;

namespace Faxbot.Bench.Gateway;

/// <summary>A gateway over rows that are there already, and a client that asks for them.</summary>
internal sealed class StatusStore : IAsyncDisposable
{
    private readonly GatewayProcess _gateway;
    private readonly HttpClient _client;

    private StatusStore(GatewayProcess gateway, HttpClient client, int faxes) => (_gateway, _client, Faxes) = (gateway, client, faxes);

    /// <summary>So many finished ones.</summary>
    public int Faxes { get; }

    /// <param name="folder">Its data folder.</param>
    /// <param name="postgreSql">Where the rows are; null takes SQLite.</param>
    /// <param name="faxes">How many there are.</param>
    public static async Task<StatusStore> CreateAsync(string folder, string? postgreSql, int faxes)
    {
        Directory.CreateDirectory(folder);
        var configuration = new Dictionary<string, string?> { ["FAXBOT_LIMITS_REQUESTS_PER_MINUTE"] = "1000000" };
        if (postgreSql is not null) configuration["FAXBOT_DATABASE"] = postgreSql;
        string? key;
        await using (var first = await GatewayProcess.StartAsync(folder, configuration))
        {
            key = first.FirstKey;
            await first.StopAsync();
        }

        var rows = postgreSql is null ? new DatabaseOptions { Sqlite = Path.Combine(folder, "faxbot.db") } : new DatabaseOptions { PostgreSql = postgreSql };
        await using (var database = new Database(rows)) await PastFaxes.InsertAsync(database, faxes, 0);
        var gateway = await GatewayProcess.StartAsync(folder, configuration);
        return new StatusStore(gateway, gateway.Client(key), faxes);
    }

    /// <summary>Asks for the fax of that number, the first is 1.</summary>
    public async Task ReadAsync(int number)
    {
        using var answer = await _client.GetAsync($"/fax/f{number}");
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _gateway.DisposeAsync();
    }
}
