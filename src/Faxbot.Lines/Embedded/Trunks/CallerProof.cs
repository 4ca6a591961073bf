using System.Security.Cryptography;
using Faxbot.Sip.Auth;
using Faxbot.Sip.Calls;
using Faxbot.Sip.Messages;

namespace Faxbot.Lines.Embedded.Trunks;

/// <summary>
/// Has callers prove that they know a trunk's password (RFC 3261 22.1). A proof counts once: who overheard one cannot call with it.
/// Not thread-safe: the port's lock guards it.
/// </summary>
internal sealed class CallerProof(TimeProvider time)
{
    private const int MostRemembered = 10_000;
    private static readonly TimeSpan NonceLifetime = TimeSpan.FromMinutes(1);
    private readonly DigestVerifier _verifier = new("faxbot", RandomNumberGenerator.GetBytes(32), NonceLifetime);
    private readonly HashSet<(string Nonce, uint Count)> _used = [];
    private readonly Queue<((string Nonce, uint Count) Proof, long At)> _usedAt = [];

    /// <summary>What a caller without a proof, or with one that is too old, is asked for.</summary>
    public DigestChallenge Challenge(bool isStale = false) => _verifier.CreateChallenge(time.GetUtcNow(), stale: isStale);

    /// <summary>What the caller's credentials are worth; null when there are none for us.</summary>
    public DigestVerdict? Check(SipRequest invite, SipCredentials account)
    {
        if (invite.Headers.Authorization.FirstOrDefault(given => given.Realm == _verifier.Realm && given.Username == account.Username) is not { } given) return null;
        var verdict = _verifier.Check(given, account.Password, invite.Method, invite.Body.Span, time.GetUtcNow());
        return verdict == DigestVerdict.Accepted && !TryUse((given.Nonce, given.NonceCount)) ? DigestVerdict.StaleNonce : verdict;
    }

    private bool TryUse((string, uint) proof)
    {
        while (_usedAt.TryPeek(out var oldest) && (time.GetElapsedTime(oldest.At) > 2 * NonceLifetime || _usedAt.Count >= MostRemembered)) _used.Remove(_usedAt.Dequeue().Proof);
        if (!_used.Add(proof)) return false;
        _usedAt.Enqueue((proof, time.GetTimestamp()));
        return true;
    }
}
