using System.Text;
using Faxbot.Server.Configuration;
using Faxbot.Server.Content;
using Faxbot.Server.Inbound;
using Faxbot.Server.Storage;
using Faxbot.Server.Tests.Jobs;
using Faxbot.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Faxbot.Server.Tests.Content;

/// <summary>A content store with its rows and its folder, and what sweeps it.</summary>
internal sealed class StoredContents : IDisposable
{
    private readonly TempFolder _folder = new();

    public StoredContents(Database database, FakeTimeProvider time)
    {
        (Time, Database) = (time, database);
        Options = new StorageOptions { Folder = _folder.Of("content"), KeyRing = _folder.Of("keys.json") };
        Blobs = new ScriptedBlobStore(new LocalBlobStore(Options.Folder));
        Ring = KeyRing.Open(Options, time);
        References = new ContentReferences(database, Keep, time);
        Store = new ContentStore(Blobs, Ring, References);
        Inbox = new InboxStore(database, time);
        Renderings = new Renderings(database, Keep, time);
        Retention = new Retention(database, Inbox, Renderings, References, Store, Blobs, Ring, Keep, time);
        Faxes = new GatewayRows(database, time, "g1");
    }

    public RetentionOptions Keep { get; } = new();

    public StorageOptions Options { get; }

    public FakeTimeProvider Time { get; }

    public Database Database { get; }

    public ScriptedBlobStore Blobs { get; }

    public KeyRing Ring { get; }

    public ContentReferences References { get; }

    public ContentStore Store { get; }

    public InboxStore Inbox { get; }

    public Renderings Renderings { get; }

    public Retention Retention { get; }

    public GatewayRows Faxes { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The files of blobs and uploads.</summary>
    public string[] Files => Directory.GetFiles(Options.Folder, "*", SearchOption.AllDirectories);

    public Task<StoredContent> PutAsync(byte[] content) => Store.PutAsync(new MemoryStream(content), long.MaxValue, Cancel);

    public async Task<string> PutAsync(string content) => (await PutAsync(Encoding.UTF8.GetBytes(content))).Id;

    public async Task<byte[]> ReadAsync(string id)
    {
        await using var stream = await Store.OpenAsync(id, Cancel);
        return await ReadAsync(stream);
    }

    public async Task<string> ReadTextAsync(string id) => Encoding.UTF8.GetString(await ReadAsync(id));

    public async Task<bool> HasAsync(string id)
    {
        await using var blob = await Blobs.OpenAsync(id, Cancel);
        return blob is not null;
    }

    public async Task<byte[]> SealedAsync(string id)
    {
        await using var blob = await Blobs.OpenAsync(id, Cancel);
        return await ReadAsync(blob!);
    }

    /// <summary>Sweeps after the grace has passed.</summary>
    public Task<SweepResult> SweepLaterAsync()
    {
        // Blobs bear the time of the real clock, which went on since the test began.
        Time.Advance(ContentReferences.Grace + TimeSpan.FromMinutes(10));
        return Retention.SweepAsync(Cancel);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        using var read = new MemoryStream();
        await stream.CopyToAsync(read, Cancel);
        return read.ToArray();
    }
}
