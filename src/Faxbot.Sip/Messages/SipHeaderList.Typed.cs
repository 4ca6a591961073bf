using System.Globalization;
using Faxbot.Sip.Auth;

namespace Faxbot.Sip.Messages;

/// <summary>
/// Typed access: a getter gives null, or leaves a value out, where it is absent or cannot be read; setting null removes the field.
/// </summary>
public sealed partial class SipHeaderList
{
    /// <summary>The first Via: the hop that the message came from, or goes out with. Set replaces that one.</summary>
    public SipVia? TopVia
    {
        get => GetOne<SipVia>(SipHeaderNames.Via, SipVia.TryParse);
        set
        {
            RemoveFirst(SipHeaderNames.Via);
            if (value is not null)
            {
                PrependVia(value);
            }
        }
    }

    public IReadOnlyList<SipVia> Vias => GetMany<SipVia>(SipHeaderNames.Via, SipVia.TryParse);

    public SipNameAddr? From
    {
        get => GetOne<SipNameAddr>(SipHeaderNames.From, SipNameAddr.TryParse);
        set => Set(SipHeaderNames.From, value?.ToString(), value);
    }

    public SipNameAddr? To
    {
        get => GetOne<SipNameAddr>(SipHeaderNames.To, SipNameAddr.TryParse);
        set => Set(SipHeaderNames.To, value?.ToString(), value);
    }

    public string? CallId
    {
        get => this[SipHeaderNames.CallId];
        set => this[SipHeaderNames.CallId] = value;
    }

    public SipCSeq? CSeq
    {
        get => GetOne<SipCSeq>(SipHeaderNames.CSeq, SipCSeq.TryParse);
        set => Set(SipHeaderNames.CSeq, value?.ToString(), value);
    }

    /// <summary>The first Contact; null also for <c>*</c>.</summary>
    public SipNameAddr? Contact
    {
        get => GetOne<SipNameAddr>(SipHeaderNames.Contact, SipNameAddr.TryParse);
        set => Set(SipHeaderNames.Contact, value?.ToString(), value);
    }

    public IReadOnlyList<SipNameAddr> Contacts
    {
        get => GetMany<SipNameAddr>(SipHeaderNames.Contact, SipNameAddr.TryParse);
        set => SetMany(SipHeaderNames.Contact, value);
    }

    /// <summary>Contact is <c>*</c>: all bindings (RFC 3261 10.2.2).</summary>
    public bool IsContactWildcard => this[SipHeaderNames.Contact] == "*";

    public IReadOnlyList<SipNameAddr> Routes
    {
        get => GetMany<SipNameAddr>(SipHeaderNames.Route, SipNameAddr.TryParse);
        set => SetMany(SipHeaderNames.Route, value);
    }

    public IReadOnlyList<SipNameAddr> RecordRoutes
    {
        get => GetMany<SipNameAddr>(SipHeaderNames.RecordRoute, SipNameAddr.TryParse);
        set => SetMany(SipHeaderNames.RecordRoute, value);
    }

    /// <summary>Service-Route (RFC 3608), comma lists included.</summary>
    public IReadOnlyList<SipNameAddr> ServiceRoutes => GetElements<SipNameAddr>(SipHeaderNames.ServiceRoute, SipNameAddr.TryParse);

    public IReadOnlyList<SipNameAddr> PAssertedIdentities
    {
        get => GetMany<SipNameAddr>(SipHeaderNames.PAssertedIdentity, SipNameAddr.TryParse);
        set => SetMany(SipHeaderNames.PAssertedIdentity, value);
    }

    public int? MaxForwards
    {
        get => SipGrammar.TryParseNumber(this[SipHeaderNames.MaxForwards], 255, out var hops) ? (int)hops : null;
        set => this[SipHeaderNames.MaxForwards] = value?.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The tokens of all Allow fields, or null where there is none (which says nothing about what is allowed).</summary>
    public IReadOnlyList<string>? Allow
    {
        get => GetTokens(SipHeaderNames.Allow);
        set => SetTokens(SipHeaderNames.Allow, value);
    }

    /// <summary>Option tags of all Supported fields, or null.</summary>
    public IReadOnlyList<string>? Supported
    {
        get => GetTokens(SipHeaderNames.Supported);
        set => SetTokens(SipHeaderNames.Supported, value);
    }

    /// <summary>Option tags of all Require fields, or null.</summary>
    public IReadOnlyList<string>? Require
    {
        get => GetTokens(SipHeaderNames.Require);
        set => SetTokens(SipHeaderNames.Require, value);
    }

    /// <summary>Option tags of all Unsupported fields, or null.</summary>
    public IReadOnlyList<string>? Unsupported
    {
        get => GetTokens(SipHeaderNames.Unsupported);
        set => SetTokens(SipHeaderNames.Unsupported, value);
    }

    public string? ContentType
    {
        get => this[SipHeaderNames.ContentType];
        set => this[SipHeaderNames.ContentType] = value;
    }

    /// <summary>Expires (RFC 3261 20.19); a malformed value is read as an hour, one too large as 2^32-1 seconds.</summary>
    public TimeSpan? Expires
    {
        get => GetSeconds(SipHeaderNames.Expires);
        set => SetSeconds(SipHeaderNames.Expires, value);
    }

    public TimeSpan? MinExpires
    {
        get => GetSeconds(SipHeaderNames.MinExpires);
        set => SetSeconds(SipHeaderNames.MinExpires, value);
    }

    /// <summary>Min-SE (RFC 4028 5); parameters are left out.</summary>
    public TimeSpan? MinSE
    {
        get => GetOne<SipSessionExpires>(SipHeaderNames.MinSE, SipSessionExpires.TryParse)?.Interval;
        set => SetSeconds(SipHeaderNames.MinSE, value);
    }

    public SipSessionExpires? SessionExpires
    {
        get => GetOne<SipSessionExpires>(SipHeaderNames.SessionExpires, SipSessionExpires.TryParse);
        set => Set(SipHeaderNames.SessionExpires, value?.ToString(), value);
    }

    public SipRetryAfter? RetryAfter
    {
        get => GetOne<SipRetryAfter>(SipHeaderNames.RetryAfter, SipRetryAfter.TryParse);
        set => Set(SipHeaderNames.RetryAfter, value?.ToString(), value);
    }

    /// <summary>All Reason values, comma lists included (RFC 3326).</summary>
    public IReadOnlyList<SipReason> Reasons
    {
        get => GetElements<SipReason>(SipHeaderNames.Reason, SipReason.TryParse);
        set => SetMany(SipHeaderNames.Reason, value);
    }

    /// <summary>The Q.850 cause of Reason, or null.</summary>
    public int? Q850Cause => Reasons.FirstOrDefault(reason => reason.IsQ850)?.Cause;

    public IReadOnlyList<SipWarning> Warnings
    {
        get => GetElements<SipWarning>(SipHeaderNames.Warning, SipWarning.TryParse);
        set => SetMany(SipHeaderNames.Warning, value);
    }

    /// <summary>The values of Privacy (RFC 3323 4.2), or null.</summary>
    public IReadOnlyList<string>? Privacy
    {
        get => this[SipHeaderNames.Privacy]?.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        set => this[SipHeaderNames.Privacy] = value is null ? null : string.Join(';', value);
    }

    public string? UserAgent
    {
        get => this[SipHeaderNames.UserAgent];
        set => this[SipHeaderNames.UserAgent] = value;
    }

    public string? Server
    {
        get => this[SipHeaderNames.Server];
        set => this[SipHeaderNames.Server] = value;
    }

    /// <summary>The digest challenges of WWW-Authenticate; other schemes are left out.</summary>
    public IReadOnlyList<DigestChallenge> WwwAuthenticate =>
        GetMany<DigestChallenge>(SipHeaderNames.WwwAuthenticate, DigestChallenge.TryParse);

    /// <summary>The digest challenges of Proxy-Authenticate; other schemes are left out.</summary>
    public IReadOnlyList<DigestChallenge> ProxyAuthenticate =>
        GetMany<DigestChallenge>(SipHeaderNames.ProxyAuthenticate, DigestChallenge.TryParse);

    /// <summary>The digest credentials of Authorization; other schemes are left out.</summary>
    public IReadOnlyList<DigestCredentials> Authorization =>
        GetMany<DigestCredentials>(SipHeaderNames.Authorization, DigestCredentials.TryParse);

    /// <summary>The digest credentials of Proxy-Authorization; other schemes are left out.</summary>
    public IReadOnlyList<DigestCredentials> ProxyAuthorization =>
        GetMany<DigestCredentials>(SipHeaderNames.ProxyAuthorization, DigestCredentials.TryParse);

    /// <summary>Adds a Via above the others.</summary>
    public void PrependVia(SipVia via) => Prepend(SipHeaderNames.Via, via.ToString(), via);
}
