using Microsoft.Extensions.Time.Testing;

namespace Faxbot.Server.Tests.Jobs;

/// <summary>
/// The clock of a gateway that dies: each step of a gateway begins with a look at it, and from the chosen look on there is no time any more, so that
/// nothing of it can write or call. What it wrote and called before stays.
/// </summary>
internal sealed class CutTime(DateTimeOffset now) : FakeTimeProvider(now)
{
    private int _left = int.MaxValue;

    /// <summary>Whether the end was reached.</summary>
    public bool IsCut => Volatile.Read(ref _left) < 0;

    /// <summary>Lets so many more looks pass.</summary>
    public void CutAfter(int looks) => Volatile.Write(ref _left, looks);

    /// <summary>A step that does not look at the clock by itself.</summary>
    /// <exception cref="GatewayCutException">The gateway is dead.</exception>
    public void Step()
    {
        if (Interlocked.Decrement(ref _left) < 0) throw new GatewayCutException();
    }

    public override DateTimeOffset GetUtcNow()
    {
        Step();
        return base.GetUtcNow();
    }
}

/// <summary>The gateway is dead.</summary>
internal sealed class GatewayCutException : Exception;
