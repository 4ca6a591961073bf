using Faxbot.Server.Plugins;

namespace Faxbot.Server.Tests.Plugins;

public sealed class BackendLimitsTests
{
    [Fact]
    public void What_operator_and_trunk_set_holds_together()
    {
        var operators = new BackendLimits(10, null);

        Assert.Equal(new BackendLimits(4, 2.5), operators.Within(new BackendLimits(4, 2.5)));
        Assert.Equal(new BackendLimits(10, 1), operators.Within(new BackendLimits(20, 1)));
        Assert.Equal(operators, operators.Within(new BackendLimits()));
    }

    [Theory]
    [InlineData(4, 1, 3)]
    [InlineData(1, 3, 0)]
    [InlineData(null, 3, null)]
    public void Calls_that_came_in_take_channels(int? channels, int calls, int? left) =>
        Assert.Equal(new BackendLimits(left, 0.5), new BackendLimits(channels, 0.5).Beside(calls));
}
