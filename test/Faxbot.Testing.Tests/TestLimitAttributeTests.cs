using System.Reflection;
using Xunit.v3;

namespace Faxbot.Testing.Tests;

public sealed class TestLimitAttributeTests
{
    private static readonly MethodInfo Method = typeof(TestLimitAttributeTests).GetMethod(nameof(A_test_that_hangs_is_cancelled_and_says_so))!;
    private readonly TestLimitAttribute _limit = new(1);

    private static IXunitTest Test => (IXunitTest)TestContext.Current.Test!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_test_that_hangs_is_cancelled_and_says_so()
    {
        _limit.Before(Method, Test);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Delay(Timeout.InfiniteTimeSpan, Cancel));

        Assert.Contains("within 1 s", Assert.Throws<TimeoutException>(() => _limit.After(Method, Test)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_ends_is_left_alone()
    {
        _limit.Before(Method, Test);

        _limit.After(Method, Test);

        Assert.False(Cancel.IsCancellationRequested);
    }
}
