namespace Faxbot.Testing.Faxes;

/// <summary>What a simulated network does to datagrams; probabilities from 0 to 1.</summary>
public sealed record LinkFaults
{
    /// <summary>A network without faults and 20 ms of delay.</summary>
    public static LinkFaults None { get; } = new();

    /// <summary>A datagram is lost.</summary>
    public double Loss { get; init; }

    /// <summary>How many in a row are lost when one is.</summary>
    public int Burst { get; init; } = 1;

    /// <summary>A datagram comes twice.</summary>
    public double Duplicate { get; init; }

    /// <summary>A datagram is overtaken by those behind it.</summary>
    public double Reorder { get; init; }

    /// <summary>The time on the way.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>The side whose datagrams suffer; null for both.</summary>
    public int? OnlyFrom { get; init; }
}
