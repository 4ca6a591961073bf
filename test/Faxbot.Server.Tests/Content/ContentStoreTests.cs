using CsCheck;
using Faxbot.Server.Content;
using Faxbot.Server.Tests.Storage;
using Faxbot.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Faxbot.Server.Tests.Content;

public sealed class ContentStoreTests(SqliteUnderTest rows) : IClassFixture<SqliteUnderTest>
{
    private static readonly Gen<int> NearChunkBorders = Gen.Select(Gen.Int[0, 3], Gen.Int[-20, 20], (chunks, off) => int.Max(0, (chunks * SealedHeader.ChunkOctets) + off));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Content_of_any_length_reads_as_it_was_put()
    {
        using var contents = await OpenAsync();

        await NearChunkBorders.SampleAsync(
            async length =>
            {
                var content = Octets(length);
                var stored = await contents.PutAsync(content);
                var read = await contents.ReadAsync(stored.Id);
                return stored.Octets == length && stored.Start.SequenceEqual(content.Take(4096)) && read.AsSpan().SequenceEqual(content);
            },
            iter: 60,
            threads: 1);
    }

    [Fact]
    public async Task Content_that_comes_in_small_pieces_is_the_same_content()
    {
        using var contents = await OpenAsync();
        var content = Octets(70_000);

        var whole = await contents.PutAsync(content);
        var pieces = await contents.Store.PutAsync(new DribblingStream(content), content.Length, Cancel);

        Assert.Equal(whole.Id, pieces.Id);
        Assert.Single(contents.Files);
    }

    [Fact]
    public async Task Equal_content_put_at_once_by_many_is_stored_once()
    {
        using var contents = await OpenAsync();
        var content = Octets(100_000);

        var stored = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => contents.PutAsync(content))));

        var id = Assert.Single(stored.Select(one => one.Id).Distinct());
        Assert.Single(contents.Files);
        Assert.Equal(content, await contents.ReadAsync(id));
    }

    [Fact]
    public async Task Neither_names_nor_files_tell_what_is_stored()
    {
        using var contents = await OpenAsync();
        using var others = await OpenAsync();
        var text = "A letter about patient 4711"u8.ToArray();

        var stored = await contents.PutAsync(text);

        Assert.NotEqual((await others.PutAsync(text)).Id, stored.Id);
        Assert.Equal(-1, (await contents.SealedAsync(stored.Id)).AsSpan().IndexOf("4711"u8));
    }

    [Fact]
    public async Task Each_truncation_is_found()
    {
        using var contents = await OpenAsync();
        foreach (var length in (int[])[0, 1, 300, SealedHeader.ChunkOctets, SealedHeader.ChunkOctets + 300])
        {
            var (id, whole) = await SealedAsync(contents, length);
            var border = SealedHeader.Octets + SealedHeader.ChunkOctets + SealedHeader.TagOctets;
            var cuts = Enumerable.Range(0, whole.Length).Where(cut => cut < 400 || int.Abs(cut - border) < 40 || whole.Length - cut < 40);
            foreach (var cut in cuts)
            {
                await Assert.ThrowsAsync<ContentDamagedException>(() => ReadAsync(contents, whole[..cut], id));
            }
        }
    }

    [Fact]
    public async Task Each_flipped_bit_is_found()
    {
        using var contents = await OpenAsync();
        var (id, whole) = await SealedAsync(contents, 100);
        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            whole[bit / 8] ^= (byte)(1 << (bit % 8));
            await Assert.ThrowsAnyAsync<ContentException>(() => ReadAsync(contents, whole, id));
            whole[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public async Task Chunks_cannot_change_places_and_nothing_can_follow_the_last()
    {
        using var contents = await OpenAsync();
        var (id, whole) = await SealedAsync(contents, (2 * SealedHeader.ChunkOctets) + 7);
        const int Chunk = SealedHeader.ChunkOctets + SealedHeader.TagOctets;
        var header = whole[..SealedHeader.Octets];
        var (first, second, last) = (whole[header.Length..][..Chunk], whole[(header.Length + Chunk)..][..Chunk], whole[(header.Length + (2 * Chunk))..]);

        await ReadAsync(contents, [.. header, .. first, .. second, .. last], id);
        foreach (byte[] forged in (byte[][])[[.. header, .. second, .. first, .. last], [.. header, .. first, .. last], [.. header, .. last], [.. whole, 0], [.. whole, .. last]])
        {
            await Assert.ThrowsAsync<ContentDamagedException>(() => ReadAsync(contents, forged, id));
        }
    }

    [Fact]
    public async Task One_content_cannot_stand_in_for_another()
    {
        using var contents = await OpenAsync();
        var (id, _) = await SealedAsync(contents, 100);
        var (_, other) = await SealedAsync(contents, 200);

        await Assert.ThrowsAsync<ContentDamagedException>(() => ReadAsync(contents, other, id));
    }

    [Fact]
    public async Task Too_much_is_refused_and_leaves_nothing_behind()
    {
        using var contents = await OpenAsync();

        await contents.Store.PutAsync(new MemoryStream(Octets(70_000)), 70_000, Cancel);
        await Assert.ThrowsAsync<ContentTooLargeException>(() => contents.Store.PutAsync(new MemoryStream(Octets(70_001)), 70_000, Cancel));

        Assert.Single(contents.Files);
    }

    [Fact]
    public async Task A_full_disk_is_named_and_leaves_nothing_behind()
    {
        using var contents = await OpenAsync();
        // What a device that is full says.
        var full = Assert.ThrowsAny<IOException>(() => File.WriteAllText("/dev/full", "x"));
        var chunks = 0;
        contents.Blobs.BeforeWrite = () => ++chunks < 3 ? Task.CompletedTask : Task.FromException(full);

        await Assert.ThrowsAsync<StorageFullException>(() => contents.PutAsync(Octets(200_000)));

        Assert.Empty(contents.Files);
        contents.Blobs.BeforeWrite = null;
        await contents.PutAsync(Octets(200_000));
    }

    [Fact]
    public async Task What_is_staged_and_not_committed_leaves_nothing_behind()
    {
        using var contents = await OpenAsync();

        await using (await contents.Store.StageAsync(new MemoryStream(Octets(100_000)), 100_000, Cancel))
        {
        }

        await Assert.ThrowsAsync<ContentTooLargeException>(() => contents.Store.StageAsync(new MemoryStream(Octets(100_000)), 99_999, Cancel));
        Assert.Empty(contents.Files);
    }

    [Fact]
    public async Task What_is_committed_may_be_read_before_the_upload_is_done_with()
    {
        using var contents = await OpenAsync();
        await using var staged = await contents.Store.StageAsync(new MemoryStream(Octets(100_000)), 100_000, Cancel);

        await staged.CommitAsync(Cancel);
        await staged.EnsureAsync(Cancel);

        Assert.Equal(Octets(100_000), await contents.ReadAsync(staged.Content.Id));
        Assert.Single(contents.Files);
    }

    [Fact]
    public async Task Another_error_of_the_disk_is_not_taken_for_a_full_one()
    {
        using var contents = await OpenAsync();
        contents.Blobs.BeforeWrite = () => Task.FromException(new IOException("Input/output error", 5));

        await Assert.ThrowsAsync<IOException>(() => contents.PutAsync(Octets(10)));

        Assert.Empty(contents.Files);
    }

    [Fact]
    public async Task A_put_that_is_cancelled_leaves_nothing_behind()
    {
        using var contents = await OpenAsync();
        using var cancelled = new CancellationTokenSource();
        contents.Blobs.BeforeCommit = cancelled.CancelAsync;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => contents.Store.PutAsync(new MemoryStream(Octets(10)), 10, cancelled.Token));

        Assert.Empty(contents.Files);
    }

    [Fact]
    public async Task What_is_not_stored_is_named_missing_whatever_its_name()
    {
        using var contents = await OpenAsync();

        foreach (var id in (string[])[new string('a', 64), "", "sha", "../../keys.json", new string('A', 64)])
        {
            await Assert.ThrowsAsync<ContentMissingException>(() => contents.Store.OpenAsync(id, Cancel));
        }

        await Assert.ThrowsAsync<ContentMissingException>(() => contents.Store.KeepAsync(new string('a', 64), Cancel));
    }

    [Fact]
    public async Task A_copy_is_for_its_owner_only_and_goes_when_it_is_disposed()
    {
        using var contents = await OpenAsync();
        using var folder = new TempFolder();
        var content = Octets(70_000);
        var id = (await contents.PutAsync(content)).Id;

        using (var copy = await contents.Store.CopyOutAsync(id, folder.FullPath, Cancel))
        {
            Assert.Equal(content, await File.ReadAllBytesAsync(copy.Path, Cancel));
            if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(copy.Path));
        }

        Assert.Empty(Directory.GetFiles(folder.FullPath));
    }

    [Fact]
    public async Task A_copy_of_damaged_content_is_not_left_behind()
    {
        using var contents = await OpenAsync();
        using var folder = new TempFolder();
        var id = (await contents.PutAsync(Octets(70_000))).Id;
        var file = Assert.Single(contents.Files);
        using (var blob = new FileStream(file, FileMode.Open)) blob.SetLength(blob.Length - 1);

        await Assert.ThrowsAsync<ContentDamagedException>(() => contents.Store.CopyOutAsync(id, folder.FullPath, Cancel));

        Assert.Empty(Directory.GetFiles(folder.FullPath));
    }

    [Fact]
    public async Task Content_whose_key_is_gone_says_so()
    {
        using var contents = await OpenAsync();
        using var others = await OpenAsync();
        var id = (await contents.PutAsync(Octets(10))).Id;

        var e = await Assert.ThrowsAsync<KeyMissingException>(
            async () => await SealedContentStream.OpenAsync(new MemoryStream(await contents.SealedAsync(id)), id, others.Ring, Cancel));

        Assert.Contains(contents.Ring.Newest.Name, e.Message, StringComparison.Ordinal);
    }

    private static byte[] Octets(int length)
    {
        var octets = new byte[length];
        new Random(length).NextBytes(octets);
        return octets;
    }

    private static async Task<(string Id, byte[] Sealed)> SealedAsync(StoredContents contents, int length)
    {
        var id = (await contents.PutAsync(Octets(length))).Id;
        return (id, await contents.SealedAsync(id));
    }

    private static async Task ReadAsync(StoredContents contents, byte[] blob, string id)
    {
        await using var stream = await SealedContentStream.OpenAsync(new MemoryStream(blob), id, contents.Ring, Cancel);
        await stream.CopyToAsync(Stream.Null, Cancel);
    }

    private async Task<StoredContents> OpenAsync() => new(await rows.OpenEmptyAsync(), new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56)));

    private sealed class DribblingStream(byte[] content) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..int.Min(buffer.Length, 777)], cancellationToken);
    }
}
