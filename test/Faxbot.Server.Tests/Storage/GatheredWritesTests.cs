using Faxbot.Server.Storage;
using Faxbot.Testing;
using Npgsql;

namespace Faxbot.Server.Tests.Storage;

/// <summary>Writes that go together; the database is the test itself.</summary>
public sealed class GatheredWritesTests
{
    private readonly List<string> _written = [];
    private readonly TaskCompletionSource _commits = new();
    private readonly GatheredWrites<string, int> _writes;

    public GatheredWritesTests() => _writes = new GatheredWrites<string, int>(WriteAsync);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_comes_while_others_are_under_way_goes_together_in_its_order()
    {
        var first = await BlockAsync();
        var later = new[] { "a", "bb", "ccc" }.Select(word => _writes.WriteAsync(word, Cancel)).ToArray();
        _commits.SetResult();

        var lengths = await Task.WhenAll(later);
        Assert.Equal([1, 2, 3], lengths);
        await first;
        Assert.Contains("a bb ccc", _written);
    }

    [Fact]
    public async Task One_that_the_server_refuses_takes_nothing_of_the_others_with_it()
    {
        var first = await BlockAsync();
        var (before, refused, after) = (_writes.WriteAsync("a", Cancel), _writes.WriteAsync("refused", Cancel), _writes.WriteAsync("b", Cancel));
        _commits.SetResult();

        await Task.WhenAll(first, before, after);
        await Assert.ThrowsAsync<PostgresException>(() => refused);
        Assert.Equal(["a", "b"], _written.Except(["first"]));
    }

    [Fact]
    public async Task Those_whose_connection_is_lost_are_not_written_again()
    {
        var first = await BlockAsync();
        var together = new[] { _writes.WriteAsync("a", Cancel), _writes.WriteAsync("lost", Cancel) };
        _commits.SetResult();

        await first;
        foreach (var one in together) await Assert.ThrowsAsync<NpgsqlException>(() => one);
        Assert.Equal(1, await _writes.WriteAsync("b", Cancel));
        Assert.DoesNotContain("a", _written);
    }

    [Fact]
    public async Task One_that_is_given_up_before_it_is_begun_is_not_written()
    {
        using var giveUp = new CancellationTokenSource();
        var first = await BlockAsync();
        var (given, kept) = (_writes.WriteAsync("given up", giveUp.Token), _writes.WriteAsync("kept", Cancel));
        await giveUp.CancelAsync();
        _commits.SetResult();

        await first;
        Assert.Equal(4, await kept);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        Assert.DoesNotContain(_written, words => words.Contains("given", StringComparison.Ordinal));
    }

    // It is under way, and does not end before the test says so.
    private async Task<Task> BlockAsync()
    {
        var first = _writes.WriteAsync("first", Cancel);
        await Eventually.HoldsAsync(() => Count() == 1, TimeSpan.FromSeconds(20));
        return first;
    }

    private int Count()
    {
        lock (_written) return _written.Count;
    }

    private async Task<IReadOnlyList<int>> WriteAsync(IReadOnlyList<string> words)
    {
        if (words.Contains("refused")) throw new PostgresException("refused", "ERROR", "ERROR", PostgresErrorCodes.CheckViolation);
        if (words.Contains("lost")) throw new NpgsqlException("The connection is lost.");
        lock (_written) _written.Add(string.Join(' ', words));
        await _commits.Task;
        return [.. words.Select(word => word.Length)];
    }
}
