using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;

namespace Faxbot.Server.Api;

/// <summary>
/// The memory that the HTTP server reads into and writes from. An upload that comes fast is read in large blocks, with a fraction of the system calls and
/// changes of thread that small ones take. Of the large ones there are few: what thousands of slow clients hold are small ones. Thread-safe.
/// </summary>
internal sealed class ConnectionMemory : IMemoryPoolFactory<byte>
{
    private const int LargeOctets = 64 * 1024;
    private const int SmallOctets = 4 * 1024;
    private const int MostLarge = 64;
    private const int MostSmallKept = 1024;

    /// <inheritdoc/>
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new Pool();

    private sealed class Pool : MemoryPool<byte>
    {
        private readonly ConcurrentStack<Block> _large = new();
        private readonly ConcurrentStack<Block> _small = new();
        private int _largeLeft = MostLarge;
        private int _smallKept;

        /// <summary>What one may ask for; a block may have more.</summary>
        public override int MaxBufferSize => SmallOctets;

        public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, SmallOctets);
            if (TryRentLarge(out var large)) return large;
            if (!_small.TryPop(out var small)) return new Block(this, SmallOctets);
            Interlocked.Decrement(ref _smallKept);
            return small;
        }

        public void Return(Block block)
        {
            if (block.Memory.Length == LargeOctets)
            {
                _large.Push(block);
            }
            else if (Interlocked.Increment(ref _smallKept) <= MostSmallKept)
            {
                _small.Push(block);
            }
            else
            {
                Interlocked.Decrement(ref _smallKept);
            }
        }

        protected override void Dispose(bool disposing)
        {
        }

        private bool TryRentLarge([NotNullWhen(true)] out Block? block)
        {
            if (_large.TryPop(out block)) return true;
            if (Volatile.Read(ref _largeLeft) <= 0 || Interlocked.Decrement(ref _largeLeft) < 0) return false;
            block = new Block(this, LargeOctets);
            return true;
        }
    }

    // Where the collector does not move it: the kernel reads and writes there.
    private sealed class Block(Pool pool, int octets) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory { get; } = MemoryMarshal.CreateFromPinnedArray(GC.AllocateUninitializedArray<byte>(octets, pinned: true), 0, octets);

        public void Dispose() => pool.Return(this);
    }
}
