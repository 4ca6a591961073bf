using System.Security.Cryptography;
using Faxbot.Sip.Auth;
using Faxbot.Sip.Messages;

namespace Faxbot.Sdk.Testing.Carriers;

/// <summary>The carrier's check of who calls and who registers.</summary>
internal sealed class CarrierAccess
{
    private readonly CarrierAccount _account;
    private readonly DigestVerifier _verifier;
    private readonly TimeProvider _time;

    public CarrierAccess(CarrierAccount account, TimeProvider time)
    {
        _account = account;
        _time = time;
        _verifier = new DigestVerifier(account.Realm, RandomNumberGenerator.GetBytes(32), TimeSpan.FromMinutes(5));
    }

    /// <summary>The status of a challenge to a request: a registrar is no proxy.</summary>
    public int ChallengeStatus(SipMethod method) => method == SipMethod.Register ? 401 : _account.ChallengeStatus;

    /// <summary>The header field of a challenge.</summary>
    public SipHeader Challenge(SipMethod method) => new(
        ChallengeStatus(method) == 407 ? SipHeaderNames.ProxyAuthenticate : SipHeaderNames.WwwAuthenticate,
        _verifier.CreateChallenge(_time.GetUtcNow(), _account.Sha256 ? DigestAlgorithm.Sha256 : DigestAlgorithm.Md5).ToString());

    /// <summary>Whether a request has credentials at all.</summary>
    public bool IsProven(SipRequest request) => Credentials(request).Count > 0;

    /// <summary>What is wrong with the credentials of a request, as a sentence; null when they are right.</summary>
    public string? Refusal(SipRequest request)
    {
        if (Credentials(request) is not [var given, ..]) return null;
        if (given.Realm != _account.Realm) return $"Digest: the realm is \"{_account.Realm}\", and the answer was for \"{given.Realm}\".";
        if (given.Username != _account.User) return $"Digest: the user must be \"{_account.User}\", and is \"{given.Username}\".";
        return _verifier.Check(given, _account.Password, request.Method, request.Body.Span, _time.GetUtcNow()) switch
        {
            DigestVerdict.Accepted => null,
            DigestVerdict.WrongPassword => $"Digest: the answer for the user \"{given.Username}\" is wrong: the password or the URI in it is another one.",
            var verdict => $"Digest: the answer does not fit the challenge ({verdict}).",
        };
    }

    private IReadOnlyList<DigestCredentials> Credentials(SipRequest request) =>
        ChallengeStatus(request.Method) == 407 ? request.Headers.ProxyAuthorization : request.Headers.Authorization;
}
