using Dapper;
using Faxbot.Server.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using Npgsql;

namespace Faxbot.Bench.Gateway;

/// <summary>
/// The peer of intake, a program of its own: an endpoint under the gateway's limits of HTTP that streams the upload into a file, syncs it and inserts one
/// row. It knows no keys, no encryption and no jobs.
/// </summary>
internal static class BareIntake
{
    /// <summary>The word by which the bench's program is this one.</summary>
    public const string Command = "bare-intake";

    /// <summary>What it says when it listens, before its address.</summary>
    public const string Listens = "bare intake listens on ";

    private const int BufferOctets = 64 * 1024;
    private const int BlockedThreads = 32;
    private const string Create = "create table uploads (id text primary key, path text not null, octets bigint not null, created_at bigint not null)";
    private const string Insert = "insert into uploads (id, path, octets, created_at) values (@id, @path, @octets, @at)";

    /// <summary>Runs it until it is killed.</summary>
    /// <param name="folder">Where uploads and the SQLite file go.</param>
    /// <param name="postgreSql">The connection string of an empty database; null takes SQLite.</param>
    public static async Task RunAsync(string folder, string? postgreSql)
    {
        // As many threads as the gateway has: they wait for the disk.
        ThreadPool.SetMinThreads(BlockedThreads, BlockedThreads);
        Func<object, Task> insert = postgreSql is null ? await OpenSqliteAsync(Path.Combine(folder, "bare.db")) : await OpenPostgreSqlAsync(postgreSql);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            HttpLimits.Configure(kestrel);
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(System.Net.IPAddress.Loopback, 0);
        });
        await using var app = builder.Build();
        app.MapPost("/fax", http => TakeAsync(http, folder, insert));
        await app.StartAsync();
        Console.WriteLine(Listens + app.Urls.First());
        await app.WaitForShutdownAsync();
    }

    private static async Task TakeAsync(HttpContext http, string folder, Func<object, Task> insert)
    {
        var reader = new MultipartReader(HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(http.Request.ContentType).Boundary).Value!, http.Request.Body);
        while (await reader.ReadNextSectionAsync(http.RequestAborted) is { } section)
        {
            if (!ContentDispositionHeaderValue.Parse(section.ContentDisposition).IsFileDisposition()) continue;
            var id = Guid.CreateVersion7().ToString("N");
            var path = Path.Combine(folder, id);
            var octets = await StoreAsync(section.Body, path, http.RequestAborted);
            await insert(new { id, path, octets, at = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() });
            http.Response.StatusCode = StatusCodes.Status202Accepted;
            await http.Response.WriteAsJsonAsync(new { id }, http.RequestAborted);
        }
    }

    private static async Task<long> StoreAsync(Stream upload, string path, CancellationToken cancel)
    {
        var buffer = new byte[BufferOctets];
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        int read;
        while ((read = await upload.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel)) > 0) file.Write(buffer, 0, read);
        file.Flush(flushToDisk: true);
        return file.Length;
    }

    // One connection in turn: SQLite has one writer, and its own way of waiting for it is slower.
    private static async Task<Func<object, Task>> OpenSqliteAsync(string path)
    {
        var connection = new SqliteConnection($"Data Source={path}");
        await connection.OpenAsync();
        await connection.ExecuteAsync($"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; {Create}");
        var turn = new SemaphoreSlim(1);
        return async row =>
        {
            await turn.WaitAsync();
            try
            {
                await connection.ExecuteAsync(Insert, row);
            }
            finally
            {
                turn.Release();
            }
        };
    }

    private static async Task<Func<object, Task>> OpenPostgreSqlAsync(string postgreSql)
    {
        var source = NpgsqlDataSource.Create(postgreSql);
        await using (var connection = await source.OpenConnectionAsync()) await connection.ExecuteAsync(Create);
        return async row =>
        {
            await using var connection = await source.OpenConnectionAsync();
            await connection.ExecuteAsync(Insert, row);
        };
    }
}
