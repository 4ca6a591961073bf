namespace Faxbot.Lines;

/// <summary>What comes in over a trunk.</summary>
[Flags]
public enum TrunkTraffic
{
    None = 0,

    /// <summary>Calls.</summary>
    Calls = 1,

    /// <summary>Text messages.</summary>
    Messages = 2,
}
