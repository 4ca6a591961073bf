using Faxbot.Testing.Faxes;

namespace Faxbot.Fax.Tests.T30;

/// <summary>Our transmitter against our receiver through networks that lose, repeat, delay and reorder. <c>./faxbot soak calls</c> plays 2000.</summary>
public sealed class LossyCallTests
{
    private const int Calls = 400;

    [Fact]
    public void Delivers_exactly_the_pages_or_says_that_it_did_not()
    {
        var completed = Enumerable.Range(1, Calls).Count(SeededCall.Play);

        // Seed 355 loses a whole page between two commands that are the same. Neither is all of it lost, nor is the network too good to prove anything.
        Assert.InRange(completed, Calls / 4, Calls * 19 / 20);
    }
}
