namespace Faxbot.Server.Jobs;

/// <summary>The work on one claimed fax, up to where provider or line has it.</summary>
/// <param name="fax">The fax.</param>
internal sealed class FaxHandler(ClaimedFax fax) : IDisposable
{
    private readonly CancellationTokenSource _giveUp = new();
    private volatile string? _heading;
    private volatile bool _isSubmitted;
    private bool _isDone;

    public ClaimedFax Fax { get; } = fax;

    public FaxJob Job => Fax.Job;

    /// <summary>Set when the fax is not wanted any more or the gateway stops; heeded only before anything is submitted.</summary>
    public CancellationToken GivenUp => _giveUp.Token;

    /// <summary>Whether the attempt has begun.</summary>
    public bool IsSubmitted => _isSubmitted;

    /// <summary>Whether it may be about to take a channel of that trunk.</summary>
    public bool MayHeadFor(string pluginId) => !_isSubmitted && (_heading ?? pluginId) == pluginId;

    /// <summary>The trunk is chosen.</summary>
    public void HeadFor(string pluginId) => _heading = pluginId;

    /// <summary>The attempt is on the disk.</summary>
    public void Submitted() => _isSubmitted = true;

    /// <summary>Breaks the work off, where nothing was submitted yet.</summary>
    public void GiveUp()
    {
        lock (_giveUp)
        {
            if (!_isDone) _giveUp.Cancel();
        }
    }

    public void Dispose()
    {
        lock (_giveUp)
        {
            _isDone = true;
            _giveUp.Dispose();
        }
    }
}
