namespace Faxbot.Documents;

/// <summary>What one rendering may take. Each limit has its own error.</summary>
public sealed record RenderLimits
{
    /// <summary>Octets of one file.</summary>
    public long InputOctets { get; init; } = 100L << 20;

    /// <summary>Pages of all files together.</summary>
    public int Pages { get; init; } = 500;

    /// <summary>Time for one file, as the clock on the wall has it.</summary>
    public TimeSpan WallTime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Processor time that a PDF's renderer may take in one run.</summary>
    public TimeSpan ProcessorTime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Octets of address space that a PDF's renderer may take.</summary>
    public long MemoryOctets { get; init; } = 1L << 30;

    /// <summary>Pixels of one picture, before it is decoded. Decoding takes about two octets a pixel.</summary>
    public long ImagePixels { get; init; } = 80_000_000;

    /// <summary>Octets of the file of fax pages.</summary>
    public long OutputOctets { get; init; } = 500L << 20;
}
