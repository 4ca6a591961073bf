namespace Faxbot.Testing.Sipp;

/// <summary>How sipp runs a scenario.</summary>
public sealed record SippOptions
{
    /// <summary>Whom it calls, <c>127.0.0.1:5060</c>; null when it is called.</summary>
    public string? Remote { get; init; }

    /// <summary>What <c>[service]</c> stands for in the scenario: the number.</summary>
    public string Service { get; init; } = "5550100";

    /// <summary>It ends after so many calls.</summary>
    public int Calls { get; init; } = 1;

    /// <summary>Whether it speaks TCP, all calls over one connection, and not UDP.</summary>
    public bool Tcp { get; init; }

    /// <summary>Further options of sipp itself, one or two words each: <c>"-au", "user"</c>, <c>"-key", "name"</c>.</summary>
    public IReadOnlyList<string> More { get; init; } = [];
}
