using Faxbot.Lines.Asterisk.Manager;

namespace Faxbot.Lines.Asterisk;

/// <summary>Which servers an <see cref="AsteriskLine"/> has, and how patient it is.</summary>
public sealed record AsteriskLineOptions
{
    /// <summary>The servers, at least one, each with a name of its own. Calls go to the least busy that is healthy.</summary>
    public required IReadOnlyList<AsteriskServer> Servers { get; init; }

    /// <summary>No call lasts longer; it is then hung up.</summary>
    public TimeSpan MaxCallDuration { get; init; } = TimeSpan.FromHours(3);

    /// <summary>
    /// How long a far end that answered may go without beginning a page. Asterisk's own timers count received samples, so that one that sends no
    /// audio at all would be listened to for ever.
    /// </summary>
    public TimeSpan NoFaxAfter { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How long the connection to a server may be away before the outcome of its calls is called unknown.</summary>
    public TimeSpan ReconnectPatience { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a server that is not connected is waited for before a call is refused.</summary>
    public TimeSpan ConnectPatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the progress of sessions is asked for.</summary>
    public TimeSpan ProgressInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Whether the outcome of an attempt is stored for good, so that its pages and Asterisk's record of it may go; null knows of none.</summary>
    public Func<string, CancellationToken, Task<bool>>? IsOverAsync { get; init; }

    /// <summary>How often the hand-over folder is looked through: for received faxes whose event was missed, and for pages that were left behind.</summary>
    public TimeSpan ScanInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How the manager interface is spoken.</summary>
    internal AmiOptions Manager { get; init; } = new();
}
