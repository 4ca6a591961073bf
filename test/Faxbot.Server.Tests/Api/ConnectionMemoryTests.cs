using System.Buffers;
using Faxbot.Server.Api;

namespace Faxbot.Server.Tests.Api;

public sealed class ConnectionMemoryTests
{
    private const int Large = 64 * 1024;
    private readonly MemoryPool<byte> _pool = new ConnectionMemory().Create();

    [Fact]
    public void The_first_are_served_with_large_blocks_and_a_crowd_with_small_ones()
    {
        var crowd = Enumerable.Range(0, 10_000).Select(_ => _pool.Rent().Memory.Length).ToArray();

        Assert.All(crowd[..64], octets => Assert.Equal(Large, octets));
        Assert.All(crowd[64..], octets => Assert.Equal(_pool.MaxBufferSize, octets));
    }

    [Fact]
    public void What_is_given_back_is_given_out_again_and_to_nobody_twice()
    {
        var blocks = Enumerable.Range(0, 200).Select(_ => _pool.Rent()).ToArray();
        foreach (var block in blocks) block.Dispose();

        var again = Enumerable.Range(0, 200).Select(_ => _pool.Rent()).ToArray();

        Assert.Equal(200, again.Distinct().Count());
        Assert.Equivalent(blocks, again);
    }

    [Fact]
    public void It_holds_under_those_who_rent_at_once()
    {
        Parallel.For(0, 20_000, _ =>
        {
            using var block = _pool.Rent(_pool.MaxBufferSize);
            var span = block.Memory.Span;
            span.Fill(1);
            Assert.Equal(-1, span.IndexOfAnyExcept((byte)1));
            span.Fill(2);
            Assert.Equal(-1, span.IndexOfAnyExcept((byte)2));
        });
    }

    [Fact]
    public void More_than_a_small_block_has_cannot_be_asked_for() => Assert.Throws<ArgumentOutOfRangeException>(() => _pool.Rent(_pool.MaxBufferSize + 1));
}
