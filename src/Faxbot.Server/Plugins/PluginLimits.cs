namespace Faxbot.Server.Plugins;

/// <summary>What a plugin's process may use.</summary>
internal sealed record PluginLimits
{
    /// <summary>Octets of memory that it may write to.</summary>
    public long Memory { get; init; } = 512 << 20;

    /// <summary>Octets of the largest file that it may write.</summary>
    public long FileSize { get; init; } = 256 << 20;

    public int OpenFiles { get; init; } = 512;

    /// <summary>Octets of the largest message that is taken from it.</summary>
    public int Message { get; init; } = 16 << 20;

    /// <summary>Messages a second; a burst may be ten times as many.</summary>
    public int MessagesPerSecond { get; init; } = 200;

    /// <summary>Requests of it that are open at a time.</summary>
    public int CallsAtOnce { get; init; } = 256;

    /// <summary>Lines a second that reach the gateway's log; a burst may be ten times as many.</summary>
    public int LogLinesPerSecond { get; init; } = 20;

    /// <summary>Crashes within <see cref="PluginTimes.FuseWindow"/> after which a person must look.</summary>
    public int FuseCrashes { get; init; } = 5;
}
