using System.Reflection;
using Xunit.v3;

namespace Faxbot.Testing.Tests;

public sealed class TestLimitAttributeTests
{
    [Fact]
    public async Task A_test_that_hangs_is_cancelled_and_says_so()
    {
        var limit = new TestLimitAttribute(1);
        var test = (IXunitTest)TestContext.Current.Test!;
        var method = (MethodInfo)MethodBase.GetCurrentMethod()!;
        limit.Before(method, test);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Delay(Timeout.InfiniteTimeSpan, TestContext.Current.CancellationToken));

        Assert.Contains("within 1 s", Assert.Throws<TimeoutException>(() => limit.After(method, test)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_ends_is_left_alone()
    {
        var limit = new TestLimitAttribute(1);
        var test = (IXunitTest)TestContext.Current.Test!;
        var method = (MethodInfo)MethodBase.GetCurrentMethod()!;

        limit.Before(method, test);
        limit.After(method, test);
    }
}
