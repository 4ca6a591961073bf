namespace Faxbot.Fuzz.Tests;

/// <summary>A target that does what the test says.</summary>
internal sealed class ScriptedTarget(Action<byte[]> run) : IFuzzTarget
{
    public const int Longest = 200;

    public string Name => "scripted";

    public IEnumerable<byte[]> Seeds => ["Content-Length: 120\r\n\r\n"u8.ToArray(), [.. Enumerable.Range(0, 180).Select(i => (byte)i)]];

    public IEnumerable<byte[]> Tokens => ["TOKEN"u8.ToArray()];

    public int MaxLength => Longest;

    public void Run(ReadOnlySpan<byte> input) => run(input.ToArray());
}
