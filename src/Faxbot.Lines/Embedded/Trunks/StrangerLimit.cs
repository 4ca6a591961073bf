using System.Net;

namespace Faxbot.Lines.Embedded.Trunks;

/// <summary>
/// Counts the refused calls of each address. A scanner gets a few answers, and then none for a while, so that it learns nothing and is no load.
/// Not thread-safe: the port's lock guards it.
/// </summary>
internal sealed class StrangerLimit(TimeProvider time)
{
    private const int MostAnswers = 10;
    private const int MostRemembered = 10_000;
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(1);
    private readonly Dictionary<IPAddress, (int Count, long Since)> _refused = [];

    /// <summary>A call from there was refused.</summary>
    public void Note(IPAddress source)
    {
        // Forgetting all is harmless: each address gets its few answers again.
        if (_refused.Count >= MostRemembered) _refused.Clear();
        _refused[source] = _refused.TryGetValue(source, out var known) && !IsOld(known.Since) ? (known.Count + 1, known.Since) : (1, time.GetTimestamp());
    }

    /// <summary>Whether calls from there get no answer.</summary>
    public bool IsSilenced(IPAddress source) => _refused.TryGetValue(source, out var known) && known.Count >= MostAnswers && !IsOld(known.Since);

    private bool IsOld(long since) => time.GetElapsedTime(since) > Memory;
}
