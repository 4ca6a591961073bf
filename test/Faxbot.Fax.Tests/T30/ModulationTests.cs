using Faxbot.Fax.T30;

namespace Faxbot.Fax.Tests.T30;

public sealed class ModulationTests
{
    [Theory]
    [InlineData(Modulation.V17At14400, Modulation.V17At12000)]
    [InlineData(Modulation.V17At12000, Modulation.V17At9600)]
    [InlineData(Modulation.V17At9600, Modulation.V17At7200)]
    [InlineData(Modulation.V17At7200, Modulation.V27ter4800)]
    [InlineData(Modulation.V29At9600, Modulation.V29At7200)]
    [InlineData(Modulation.V29At7200, Modulation.V27ter4800)]
    [InlineData(Modulation.V27ter4800, Modulation.V27ter2400)]
    [InlineData(Modulation.V27ter2400, null)]
    public void A_failed_training_leads_one_step_down(Modulation modulation, Modulation? lower) => Assert.Equal(lower, modulation.Lower());

    [Fact]
    public void Every_step_down_is_slower_and_the_ladder_ends_at_2400()
    {
        foreach (var modulation in Enum.GetValues<Modulation>().Where(modulation => modulation != Modulation.V21))
        {
            var step = modulation;
            while (step.Lower() is { } lower)
            {
                Assert.True(lower.BitRate() < step.BitRate());
                step = lower;
            }

            Assert.Equal(Modulation.V27ter2400, step);
        }
    }

    // T.30 table 2, bits 11 to 14 of DCS.
    [Theory]
    [InlineData("0000", Modulation.V27ter2400)]
    [InlineData("0100", Modulation.V27ter4800)]
    [InlineData("1000", Modulation.V29At9600)]
    [InlineData("1100", Modulation.V29At7200)]
    [InlineData("0001", Modulation.V17At14400)]
    [InlineData("0101", Modulation.V17At12000)]
    [InlineData("1001", Modulation.V17At9600)]
    [InlineData("1101", Modulation.V17At7200)]
    public void DCS_names_it_by_four_bits(string bits, Modulation modulation)
    {
        Assert.Equal(Convert.ToInt32(bits, 2), modulation.ToDcsBits());
        Assert.Equal(modulation, ModulationExtensions.FromDcsBits(Convert.ToInt32(bits, 2)));
    }

    [Fact]
    public void The_other_eight_values_are_reserved() =>
        Assert.Equal(8, Enumerable.Range(0, 16).Count(bits => ModulationExtensions.FromDcsBits(bits) is null));
}
