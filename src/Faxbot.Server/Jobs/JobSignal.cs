using Faxbot.Server.Plugins;

namespace Faxbot.Server.Jobs;

/// <summary>Tells those who wait within this gateway that rows of faxes changed, or that anything happened of which there is an event. Thread-safe.</summary>
internal sealed class JobSignal
{
    private readonly Signal _change = new();
    private readonly Signal _work = new();
    private readonly Signal _event = new();

    /// <summary>Ends with the next change of a fax. Taken before rows are read, it misses nothing.</summary>
    public Task Next => _change.Next;

    /// <summary>Ends with the next change that may give the dispatcher something to do.</summary>
    public Task NextWork => _work.Next;

    /// <summary>Ends with the next event, whatever it belongs to.</summary>
    public Task NextEvent => _event.Next;

    /// <summary>A fax changed; called after its commit.</summary>
    /// <param name="isWork">False where it is nothing for the dispatcher before it looks of itself.</param>
    public void Set(bool isWork = true)
    {
        _change.Raise();
        _event.Raise();
        if (isWork) _work.Raise();
    }

    /// <summary>Something happened that is no fax's; called after its commit.</summary>
    public void SetEvent() => _event.Raise();
}
