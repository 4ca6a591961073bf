namespace Faxbot.Server.Plugins;

/// <summary>How long plugins are waited for.</summary>
internal sealed record PluginTimes
{
    /// <summary>From the start of the process until it could work.</summary>
    public TimeSpan Start { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Any call.</summary>
    public TimeSpan Call { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A live check in which a number is called: it may ring, and a page takes its time.</summary>
    public TimeSpan CheckCall { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>What a call that was told to end may take for that; then the process is held to hang, and is killed.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Between two health checks.</summary>
    public TimeSpan HealthInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>A health check.</summary>
    public TimeSpan Health { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What calls in flight may take when their process is to be replaced.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>What a process may take to end in order.</summary>
    public TimeSpan Stop { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The pause after the first crash; it doubles with each further one.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The span in which crashes are counted for the fuse.</summary>
    public TimeSpan FuseWindow { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How often settings that another gateway changed are looked for.</summary>
    public TimeSpan Refresh { get; init; } = TimeSpan.FromSeconds(10);
}
