namespace Faxbot.Fuzz.Tests;

public sealed class FuzzOptionsTests
{
    [Fact]
    public void Soak_means_all_targets_and_what_each_wants_which_is_mostly_ten_million_inputs()
    {
        Assert.Equal((null, 1UL, 0), FuzzOptions.TryParse([]) is { } options ? (options.Count, options.Seed, options.Targets.Count) : (0, 0, 0));
        Assert.Equal(10_000_000, ((IFuzzTarget)new ScriptedTarget(_ => { })).Inputs);
    }

    [Fact]
    public void Reads_count_seed_input_and_names()
    {
        var options = FuzzOptions.TryParse(["--count", "5", "--seed", "9", "--input", "00ff", "sip"]);

        Assert.NotNull(options);
        Assert.Equal((5L, 9UL, "sip"), (options.Count, options.Seed, Assert.Single(options.Targets)));
        Assert.Equal([0, 255], options.Input);
    }

    [Theory]
    [InlineData("--count")]
    [InlineData("--count", "0")]
    [InlineData("--count", "many")]
    [InlineData("--seed", "-1")]
    [InlineData("--input", "0", "sip")]
    [InlineData("--input", "00")]
    [InlineData("--no-such", "1")]
    public void Refuses_what_makes_no_sense(params string[] words) => Assert.Null(FuzzOptions.TryParse(words));
}
