namespace Faxbot.Fuzz.Tests;

public sealed class FuzzSessionTests
{
    private static readonly FuzzOptions Options = new(2000, 1, [], null);

    [Fact]
    public void Runs_as_many_inputs_as_asked_for_and_says_how_fast()
    {
        var count = 0;
        using var output = new StringWriter();

        Assert.Null(new FuzzSession(Options, output).Run(() => new ScriptedTarget(_ => Interlocked.Increment(ref count))));

        Assert.Equal(4000, count); // 2000 to warm up
        Assert.Contains("2,000 inputs", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Reports_an_exception_with_an_input_that_brings_it_back()
    {
        var create = () => new ScriptedTarget(input => _ = input[150]);

        var finding = new FuzzSession(Options, TextWriter.Null).Run(create);

        Assert.NotNull(finding);
        Assert.Contains(nameof(IndexOutOfRangeException), finding.What, StringComparison.Ordinal);
        Assert.NotNull(FuzzWorker.TryInput(create(), finding.Input));
        Assert.Contains($"--input {Convert.ToHexString(finding.Input)} scripted", finding.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Reports_an_input_that_never_ends()
    {
        using var released = new CancellationTokenSource();

        var finding = new FuzzSession(new FuzzOptions(100_000, 1, [], null), TextWriter.Null).Run(() => new ScriptedTarget(HangAt(30_000, released.Token)));
        released.Cancel();

        Assert.NotNull(finding);
        Assert.StartsWith("hangs", finding.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Reports_an_input_that_makes_the_parser_allocate_too_much() =>
        Assert.Contains("allocated", new FuzzSession(Options, TextWriter.Null).Run(() => new ScriptedTarget(_ => GC.KeepAlive(new byte[2 << 20])))?.What, StringComparison.Ordinal);

    [Fact]
    public void Reports_memory_that_is_not_given_back()
    {
        var held = new List<byte[]>(100_000);

        var finding = new FuzzSession(new FuzzOptions(50_000, 1, [], null), TextWriter.Null).Run(() => new ScriptedTarget(_ =>
        {
            lock (held) held.Add(new byte[1000]);
        }));

        Assert.Contains("memory grew", finding?.What, StringComparison.Ordinal);
        GC.KeepAlive(held);
    }

    // The inputs that warm up are fewer.
    private static Action<byte[]> HangAt(int input, CancellationToken released)
    {
        var seen = 0;
        return _ =>
        {
            if (++seen != input) return;
            while (!released.IsCancellationRequested) Thread.SpinWait(1000);
        };
    }
}
