namespace Faxbot.Fuzz.Tests;

public sealed class MutatorTests
{
    [Fact]
    public void The_same_seed_makes_the_same_inputs_and_another_makes_others()
    {
        Assert.Equal(Inputs(7, 1000), Inputs(7, 1000));
        Assert.True(Inputs(7, 1000).Except(Inputs(8, 1000)).Count() > 900);
    }

    [Fact]
    public void Inputs_differ_from_the_seeds_and_from_each_other_and_keep_to_the_length_allowed()
    {
        var inputs = Inputs(1, 20_000);

        Assert.True(inputs.Distinct().Count() > 15_000);
        Assert.All(inputs, input => Assert.InRange(input.Length / 2, 0, ScriptedTarget.Longest));
        Assert.Contains(inputs, input => input.Length == 0);
        Assert.Contains(inputs, input => input.Length / 2 == ScriptedTarget.Longest);
        Assert.Contains(inputs, input => input.Contains(Convert.ToHexString("4294967296"u8), StringComparison.Ordinal));
        Assert.Contains(inputs, input => input.Contains(Convert.ToHexString("TOKEN"u8), StringComparison.Ordinal));
    }

    private static List<string> Inputs(ulong seed, int count)
    {
        var mutator = new Mutator(new ScriptedTarget(_ => { }), seed);
        return [.. Enumerable.Range(0, count).Select(_ => Convert.ToHexString(mutator.Next()))];
    }
}
