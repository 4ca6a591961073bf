using System.Collections.Concurrent;
using System.Reflection;
using Xunit;
using Xunit.v3;

namespace Faxbot.Testing;

/// <summary>
/// Cancels a test that hangs: one that waits with its token (<see cref="ITestContext.CancellationToken"/>) fails by itself, and what else its program has to
/// test is tested. Every test program has it.
/// </summary>
/// <param name="seconds">How long a test may take: more than twice what the longest, which kills gateways again and again, takes on two cores.</param>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class TestLimitAttribute(int seconds = 600) : BeforeAfterTestAttribute
{
    private readonly ConcurrentDictionary<string, Running> _running = [];

    public override void Before(MethodInfo methodUnderTest, IXunitTest test) =>
        _running[test.UniqueID] = new Running(TestContext.Current, TimeSpan.FromSeconds(seconds));

    /// <exception cref="TimeoutException">The test was cancelled.</exception>
    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (!_running.TryRemove(test.UniqueID, out var running)) return;
        running.Dispose();
        if (running.IsCancelled) throw new TimeoutException($"It was cancelled: it did not end within {seconds} s.");
    }

    private sealed class Running : IDisposable
    {
        private readonly Timer _timer;

        public Running(ITestContext context, TimeSpan limit) => _timer = new Timer(_ => Cancel(context), null, limit, Timeout.InfiniteTimeSpan);

        public bool IsCancelled { get; private set; }

        public void Dispose() => _timer.Dispose();

        private void Cancel(ITestContext context)
        {
            IsCancelled = true;
            context.CancelCurrentTest();
        }
    }
}
