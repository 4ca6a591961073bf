namespace Faxbot.Sip.Sandbox;

/// <summary>What can be set.</summary>
internal sealed record SandboxSettings
{
    /// <summary>Whether pages go at the speed of a telephone line.</summary>
    public bool Paced { get; init; }

    /// <summary>How long a number that never answers may ring.</summary>
    public int RingSeconds { get; init; } = 10;
}
