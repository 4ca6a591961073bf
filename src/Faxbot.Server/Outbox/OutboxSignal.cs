using Faxbot.Server.Jobs;
using Faxbot.Server.Plugins;

namespace Faxbot.Server.Outbox;

/// <summary>Tells those who wait within this gateway that rows of the outbox changed, and those who follow events. Thread-safe.</summary>
internal sealed class OutboxSignal(JobSignal events)
{
    private readonly Signal _changed = new();

    /// <summary>Ends with the next <see cref="Set"/>. Taken before rows are read, it misses nothing.</summary>
    public Task Next => _changed.Next;

    /// <summary>Something changed; called after its commit.</summary>
    public void Set()
    {
        SetOwn();
        events.SetEvent();
    }

    /// <summary>There is something to do for who works through the outbox, and no event of it.</summary>
    public void SetOwn() => _changed.Raise();
}
