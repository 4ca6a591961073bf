using Faxbot.Server.Content;
using Faxbot.Testing;

namespace Faxbot.Server.Tests.Content;

public sealed class LocalBlobStoreTests : IDisposable
{
    private static readonly string Name = new('a', 64);
    private readonly TempFolder _folder = new();
    private readonly LocalBlobStore _blobs;

    public LocalBlobStoreTests() => _blobs = new LocalBlobStore(_folder.Of("blobs"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string[] Files => Directory.GetFiles(_folder.FullPath, "*", SearchOption.AllDirectories);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Only_the_owner_may_read_files_and_enter_folders()
    {
        await PutAsync(Name, 1);

        Assert.All(Files, file => Assert.True(IsOwnersOnly(file)));
        Assert.All(Directory.GetDirectories(_folder.FullPath, "*", SearchOption.AllDirectories), folder => Assert.True(IsOwnersOnly(folder)));
    }

    [Fact]
    public async Task A_blob_is_replaced_as_a_whole_while_readers_go_on()
    {
        await PutAsync(Name, 1);
        await using var before = await _blobs.OpenAsync(Name, Cancel);

        await PutAsync(Name, 2);

        Assert.Equal(1, before!.ReadByte());
        await using var after = await _blobs.OpenAsync(Name, Cancel);
        Assert.Equal(2, after!.ReadByte());
        Assert.Single(Files);
    }

    [Fact]
    public async Task An_upload_without_a_commit_leaves_nothing()
    {
        await using (var upload = await _blobs.BeginAsync(Cancel)) await upload.WriteAsync(new byte[100], Cancel);

        Assert.Empty(Files);
        Assert.Null(await _blobs.OpenAsync(Name, Cancel));
    }

    [Fact]
    public async Task What_a_crash_left_of_an_upload_is_removed_when_it_is_old()
    {
        var abandoned = Path.Combine(_folder.FullPath, "blobs", "uploads", "abandoned");
        await File.WriteAllTextAsync(abandoned, "half", Cancel);
        var begun = File.GetLastWriteTimeUtc(abandoned);

        await _blobs.DeleteAbandonedAsync(begun, Cancel);
        Assert.Single(Files);
        await _blobs.DeleteAbandonedAsync(begun.AddSeconds(1), Cancel);
        Assert.Empty(Files);
    }

    [Fact]
    public async Task What_is_being_written_is_not_removed_when_the_clock_jumps()
    {
        await using var upload = await _blobs.BeginAsync(Cancel);

        await _blobs.DeleteAbandonedAsync(DateTimeOffset.MaxValue, Cancel);
        await upload.CommitAsync(Name, Cancel);

        Assert.Single(Files);
    }

    [Fact]
    public async Task Blobs_are_listed_by_the_beginning_of_their_names()
    {
        string[] names = [Name, "ab" + new string('0', 62), "b" + new string('0', 63)];
        foreach (var name in names) await PutAsync(name, 1);

        Assert.Equal(names, await ListAsync(""));
        Assert.Equal(names[..2], await ListAsync("a"));
        Assert.Equal(names[1..2], await ListAsync("ab0"));
        Assert.Empty(await ListAsync("c"));
    }

    [Fact]
    public async Task Deleting_what_is_not_there_is_no_error()
    {
        await PutAsync(Name, 1);

        await _blobs.DeleteAsync(Name, Cancel);
        await _blobs.DeleteAsync(Name, Cancel);

        Assert.Empty(Files);
    }

    [Theory]
    [InlineData("../aaaa")]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    public async Task A_name_that_the_gateway_did_not_make_is_no_path(string name) =>
        await Assert.ThrowsAsync<ArgumentException>(() => _blobs.OpenAsync(name, Cancel));

    [Fact]
    public async Task A_folder_that_is_gone_fails_the_check()
    {
        await _blobs.CheckAsync(Cancel);
        Directory.Delete(_folder.FullPath, recursive: true);

        await Assert.ThrowsAnyAsync<IOException>(() => _blobs.CheckAsync(Cancel));
    }

    // Windows lets nobody but the owner into a user's folders anyway.
    private static bool IsOwnersOnly(string path) => OperatingSystem.IsWindows()
        || (File.GetUnixFileMode(path) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)) == UnixFileMode.None;

    private async Task PutAsync(string name, byte octet)
    {
        await using var upload = await _blobs.BeginAsync(Cancel);
        await upload.WriteAsync(new[] { octet }, Cancel);
        await upload.CommitAsync(name, Cancel);
    }

    private async Task<string[]> ListAsync(string prefix) => [.. (await _blobs.ListAsync(prefix, Cancel).ToArrayAsync(Cancel)).Select(blob => blob.Name).Order(StringComparer.Ordinal)];
}
