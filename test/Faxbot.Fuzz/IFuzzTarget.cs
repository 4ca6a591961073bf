namespace Faxbot.Fuzz;

/// <summary>
/// One parser or machine that bytes of a peer reach. A public class with a parameterless constructor in <c>Targets/</c> is found
/// by itself. Each thread has its own instance, so one may keep buffers between inputs.
/// </summary>
internal interface IFuzzTarget
{
    /// <summary>The word on the command line: <c>./faxbot soak NAME</c>.</summary>
    string Name { get; }

    /// <summary>Good inputs that mutations start from, as many shapes as there are: <c>Corpus.Read("sip")</c> or what our writers make.</summary>
    IEnumerable<byte[]> Seeds { get; }

    /// <summary>Words of the format that mutations put in: header names, markers, end-of-line codes.</summary>
    IEnumerable<byte[]> Tokens => [];

    /// <summary>How many inputs a soak feeds it unless told otherwise.</summary>
    long Inputs => 10_000_000;

    /// <summary>No input is longer.</summary>
    int MaxLength => 4096;

    /// <summary>One input may allocate so many octets at most; default 1 MiB.</summary>
    long MaxAllocation => 1 << 20;

    /// <summary>
    /// Feeds the input. Any exception is a finding: also throw one when what came out is wrong (a parsed value that does not
    /// survive being written and parsed again).
    /// </summary>
    void Run(ReadOnlySpan<byte> input);
}
