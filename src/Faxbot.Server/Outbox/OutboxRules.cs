using System.Collections.Frozen;
using Faxbot.Sdk.Outcomes;

namespace Faxbot.Server.Outbox;

/// <summary>When items of a kind are tried again, and how long they are followed.</summary>
internal sealed record OutboxRules
{
    /// <summary>The most attempts for one item, whatever the reasons.</summary>
    public int MostAttempts { get; init; } = 10;

    /// <summary>The outcomes after which the same is tried again, by any plugin: how often in all, and after which pause.</summary>
    public FrozenDictionary<OutcomeClass, (int Tries, TimeSpan Pause)> Again { get; init; } = FrozenDictionary<OutcomeClass, (int, TimeSpan)>.Empty;

    /// <summary>How long nobody uses a plugin that has no room or is out of order.</summary>
    public TimeSpan CongestionPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The pause after all routes have failed; it doubles with each further time.</summary>
    public TimeSpan RoundPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often all routes are tried anew.</summary>
    public int MostRounds { get; init; } = 4;

    /// <summary>When a provider is asked for the first time how far an item is that it has; each further time waits as long as all before together.</summary>
    public TimeSpan FirstLookUp { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest time between two such questions.</summary>
    public TimeSpan LongestLookUp { get; init; } = TimeSpan.FromHours(6);

    /// <summary>How long an attempt of which the plugin cannot tell anything may still be told of before it is unknown.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a plugin that cannot be asked is waited for before the attempt is unknown.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long the end of an item that the provider has is waited for.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromDays(3);
}
