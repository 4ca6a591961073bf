namespace Faxbot.Fax.T30;

/// <summary>
/// One end of a T.30 session without I/O. The owner hands in one input, then drains the outputs, and calls again with
/// <see cref="T30InputKind.Tick"/> at <see cref="Deadline"/>. Single-threaded: its owner's pump alone touches it.
/// After <see cref="Result"/> is set nothing more comes out.
/// </summary>
public interface IT30Machine
{
    /// <summary>When the machine wants a tick; null when it waits for nothing but inputs.</summary>
    TimeSpan? Deadline { get; }

    /// <summary>How the session ended; null while it runs.</summary>
    FaxResult? Result { get; }

    /// <summary>Begins the session: call once, when the fax carrier is up.</summary>
    void Start(TimeSpan now);

    /// <summary>Takes one input. <paramref name="now"/> never goes back.</summary>
    void Handle(scoped in T30Input input, TimeSpan now);

    /// <summary>The next output; false when there is none.</summary>
    bool TryTake(out T30Output? output);
}
