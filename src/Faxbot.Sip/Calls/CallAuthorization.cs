using Faxbot.Sip.Auth;
using Faxbot.Sip.Dialogs;
using Faxbot.Sip.Messages;

namespace Faxbot.Sip.Calls;

/// <summary>
/// The digest answers of one call (RFC 3261 22): learns challenges of the server and of proxies, and signs every later request with what was learnt.
/// </summary>
internal sealed class CallAuthorization(SipCredentials? credentials, SipTokens tokens)
{
    private readonly List<Answer> _answers = [];

    /// <summary>Adds Authorization and Proxy-Authorization for all that is known. The body must be in place.</summary>
    public void Sign(SipRequest request)
    {
        request.Headers.Remove(SipHeaderNames.Authorization);
        request.Headers.Remove(SipHeaderNames.ProxyAuthorization);
        foreach (var answer in _answers)
        {
            answer.Uses++;
            var signed = DigestCredentials.Answer(
                answer.Challenge, credentials!.Username, credentials.Password, request.Method, request.RequestUri.ToString(),
                tokens.NextCnonce(), answer.Uses, request.Body.Span);
            request.Headers.Add(answer.IsProxy ? SipHeaderNames.ProxyAuthorization : SipHeaderNames.Authorization, signed.ToString());
        }
    }

    /// <summary>Takes the challenges of a 401 or 407; true when it makes sense to sign the request anew and to send it again.</summary>
    public bool TryLearn(SipRequest refused, SipResponse response)
    {
        if (credentials is null || response.Status is not (401 or 407))
        {
            return false;
        }

        var isProxy = response.Status == 407;
        var challenges = isProxy ? response.Headers.ProxyAuthenticate : response.Headers.WwwAuthenticate;
        var learnt = false;
        foreach (var realm in challenges.Select(challenge => challenge.Realm).Distinct(StringComparer.Ordinal))
        {
            if ((credentials.Realm is null || credentials.Realm == realm) && DigestChallenge.ChooseStrongest(challenges, realm) is { } challenge)
            {
                if (!TryReplace(refused, challenge, isProxy))
                {
                    return false;
                }

                learnt = true;
            }
        }

        return learnt;
    }

    private bool TryReplace(SipRequest refused, DigestChallenge challenge, bool isProxy)
    {
        var sent = isProxy ? refused.Headers.ProxyAuthorization : refused.Headers.Authorization;
        var refusedAnswer = sent.FirstOrDefault(answer => answer.Realm == challenge.Realm);
        var known = _answers.Find(answer => answer.IsProxy == isProxy && answer.Challenge.Realm == challenge.Realm);

        // A nonce is answered once: the same one again means that the password is wrong. So does a new one on its first use, unless the server
        // says stale; after it had served for an earlier request it simply ran out, which some servers forget to call stale.
        if (refusedAnswer is not null
            && (refusedAnswer.Nonce == challenge.Nonce || (!challenge.IsStale && known is null or { Uses: <= 1 })))
        {
            return false;
        }

        _answers.RemoveAll(answer => answer == known);
        _answers.Add(new Answer(challenge, isProxy));
        return true;
    }

    private sealed class Answer(DigestChallenge challenge, bool isProxy)
    {
        public DigestChallenge Challenge => challenge;

        public bool IsProxy => isProxy;

        public uint Uses { get; set; }
    }
}
