namespace Faxbot.Fuzz;

/// <summary>Runs one share of a target's inputs on one thread. What the watchdog reads of it may be read from other threads.</summary>
internal sealed class FuzzWorker(IFuzzTarget target, ulong seed, long count)
{
    private readonly Mutator _mutator = new(target, seed);
    private readonly byte[] _input = new byte[target.MaxLength];
    private long _done;
    private int _length;
    private volatile bool _ended;

    /// <summary>Inputs that went well.</summary>
    public long Done => Volatile.Read(ref _done);

    /// <summary>No input is being run any more.</summary>
    public bool Ended => _ended;

    /// <summary>The input that is being run: whole only while it hangs.</summary>
    public byte[] Input => _input.AsSpan(0, int.Clamp(Volatile.Read(ref _length), 0, _input.Length)).ToArray();

    /// <summary>Null when all inputs went well.</summary>
    public FuzzFinding? Run()
    {
        try
        {
            for (long i = 0; i < count; i++)
            {
                var input = _mutator.Next();
                input.CopyTo(_input);
                Volatile.Write(ref _length, input.Length);
                if (TryInput(target, _input.AsSpan(0, input.Length)) is { } finding) return finding;
                Volatile.Write(ref _done, i + 1);
            }

            return null;
        }
        finally
        {
            _ended = true;
        }
    }

    /// <summary>Runs one input.</summary>
    public static FuzzFinding? TryInput(IFuzzTarget target, ReadOnlySpan<byte> input)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            target.Run(input);
        }
        catch (Exception e)
        {
            // Whatever it is, it is what was looked for: parsers promise never to throw.
            return new FuzzFinding(target.Name, e.ToString(), input.ToArray());
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return allocated > target.MaxAllocation
            ? new FuzzFinding(target.Name, $"allocated {allocated} octets, {target.MaxAllocation} are allowed", input.ToArray())
            : null;
    }
}
