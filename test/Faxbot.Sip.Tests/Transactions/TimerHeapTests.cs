using CsCheck;
using Faxbot.Sip.Transactions;

namespace Faxbot.Sip.Tests.Transactions;

public class TimerHeapTests
{
    [Fact]
    public void Elapses_timers_of_one_instant_in_the_order_of_their_starts()
    {
        var heap = new TimerHeap();
        var elapsed = new List<int>();
        for (var i = 0; i < 20; i++)
        {
            var name = i;
            heap.Start(new SipTimer(_ => elapsed.Add(name)), TimeSpan.FromSeconds(1));
        }

        heap.Elapse(TimeSpan.FromSeconds(1));

        Assert.Equal(Enumerable.Range(0, 20), elapsed);
        Assert.Null(heap.Deadline);
    }

    [Fact]
    public void A_timer_may_restart_itself()
    {
        var heap = new TimerHeap();
        var times = new List<TimeSpan>();
        SipTimer? timer = null;
        timer = new SipTimer(now =>
        {
            times.Add(now);
            heap.Start(timer!, now + TimeSpan.FromSeconds(1));
        });
        heap.Start(timer, TimeSpan.Zero);

        for (var second = 0; second < 3; second++)
        {
            heap.Elapse(TimeSpan.FromSeconds(second));
        }

        Assert.Equal([TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)], times);
    }

    [Fact]
    public void Keeps_the_deadline_and_the_order_of_a_sorted_list() =>
        Gen.Select(Gen.Int[0, 15], Gen.Int[-1, 50]).List[0, 200].Sample(steps =>
        {
            var heap = new TimerHeap();
            var model = new Dictionary<int, int>();
            var elapsed = new List<int>();
            var timers = Enumerable.Range(0, 16).Select(i => new SipTimer(_ => elapsed.Add(i))).ToArray();
            foreach (var (index, due) in steps)
            {
                if (due < 0)
                {
                    heap.Stop(timers[index]);
                    model.Remove(index);
                }
                else
                {
                    heap.Start(timers[index], TimeSpan.FromSeconds(due));
                    model[index] = due;
                }

                Assert.Equal(model.Count == 0 ? null : TimeSpan.FromSeconds(model.Values.Min()), heap.Deadline);
                Assert.Equal(model.Count, heap.Count);
            }

            heap.Elapse(TimeSpan.FromSeconds(25));
            Assert.Equal(model.Where(entry => entry.Value <= 25).Select(entry => entry.Value).Order(), elapsed.Select(index => model[index]));
            Assert.All(elapsed, index => Assert.False(timers[index].IsRunning));
            Assert.Equal(model.Count(entry => entry.Value > 25), heap.Count);
        });
}
