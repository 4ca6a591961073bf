namespace Faxbot.TestPlugin;

/// <summary>What the plugin is told to do.</summary>
public sealed record TestSettings
{
    /// <summary>How it misbehaves.</summary>
    public Behaviour Behaviour { get; init; }

    /// <summary>Any text.</summary>
    public string? Station { get; init; }

    /// <summary>Files to look at.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>A secret.</summary>
    public string? ApiKey { get; init; }
}

/// <summary>The ways to misbehave.</summary>
public enum Behaviour
{
    None,
    CrashAtStart,
    RefuseToStart,
    CrashInSend,
    HangInSend,
    GiveUpInSend,
    EndlessOutput,
    Garbage,
    Oversized,
    WrongShape,
    FloodLog,
    RefuseToStop,
    TakeMemory,
    FillDisk,
    ThrowInSend,
    RejectFax,
    Unwell,
    SayNumber,
    AskAtOnce,
    LookAround,
    HangAtStart,
    ReachElsewhere,
}
