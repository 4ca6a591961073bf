namespace Faxbot.Fuzz.Tests;

/// <summary>A short run of every target; <c>./faxbot soak</c> is the long one.</summary>
public sealed class FuzzSmokeTests
{
    private const int Share = 500;

    public static TheoryData<string> Targets => [.. FuzzTargets.All.Keys];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Takes_mutated_input_without_harm(string target) =>
        Assert.Null(new FuzzSession(new FuzzOptions(FuzzTargets.All[target]().Inputs / Share, 2, [], null), TextWriter.Null).Run(FuzzTargets.All[target])?.ToString());

    [Theory]
    [MemberData(nameof(Targets))]
    public void Takes_each_seed_itself(string target)
    {
        var instance = FuzzTargets.All[target]();

        Assert.NotEmpty(instance.Seeds);
        Assert.All(instance.Seeds, seed => Assert.Null(FuzzWorker.TryInput(instance, seed)?.ToString()));
    }
}
