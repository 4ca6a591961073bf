using System.Collections.Concurrent;
using Faxbot.Sdk.Numbers;

namespace Faxbot.Server.Lines.Media;

/// <summary>What is known of those who call, at hand without waiting: how a call is taken is decided under the line's lock. Thread-safe.</summary>
internal sealed class KnownCallers(TimeProvider time)
{
    /// <summary>No more are kept at hand: who calls claims his number, and could claim a new one each time.</summary>
    public const int Most = 50_000;

    private readonly ConcurrentDictionary<(PhoneNumber Number, string Trunk), (MediaKnowledge Known, DateTimeOffset ExpiresAt)> _all = new();

    /// <summary>What is known and has not expired; nothing known when there is none.</summary>
    public MediaKnowledge Find(PhoneNumber number, string trunk) =>
        _all.TryGetValue((number, trunk), out var entry) && entry.ExpiresAt > time.GetUtcNow() ? entry.Known : new MediaKnowledge();

    /// <summary>Keeps what was learnt.</summary>
    public void Keep(PhoneNumber number, string trunk, MediaKnowledge known, DateTimeOffset expiresAt)
    {
        if (_all.Count >= Most) MakeRoom();
        _all[(number, trunk)] = (known, expiresAt);
    }

    /// <summary>Forgets a number, on all trunks.</summary>
    public void Forget(PhoneNumber number)
    {
        foreach (var caller in _all.Keys.Where(caller => caller.Number == number)) _all.TryRemove(caller, out _);
    }

    // The oldest half goes: what has expired is among it.
    private void MakeRoom()
    {
        foreach (var (caller, _) in _all.OrderBy(entry => entry.Value.ExpiresAt).Take(Most / 2)) _all.TryRemove(caller, out _);
    }
}
