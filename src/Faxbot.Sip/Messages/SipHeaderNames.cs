using System.Collections.Frozen;

namespace Faxbot.Sip.Messages;

/// <summary>The names of header fields in their standard spelling.</summary>
public static class SipHeaderNames
{
    public const string Accept = "Accept";
    public const string Allow = "Allow";
    public const string Authorization = "Authorization";
    public const string CallId = "Call-ID";
    public const string Contact = "Contact";
    public const string ContentLength = "Content-Length";
    public const string ContentType = "Content-Type";
    public const string CSeq = "CSeq";
    public const string Date = "Date";
    public const string Diversion = "Diversion";
    public const string Expires = "Expires";
    public const string From = "From";
    public const string MaxForwards = "Max-Forwards";
    public const string MinExpires = "Min-Expires";
    public const string MinSE = "Min-SE";
    public const string PAssertedIdentity = "P-Asserted-Identity";
    public const string Path = "Path";
    public const string Privacy = "Privacy";
    public const string ProxyAuthenticate = "Proxy-Authenticate";
    public const string ProxyAuthorization = "Proxy-Authorization";
    public const string RAck = "RAck";
    public const string Reason = "Reason";
    public const string RecordRoute = "Record-Route";
    public const string RemotePartyId = "Remote-Party-ID";
    public const string Require = "Require";
    public const string RetryAfter = "Retry-After";
    public const string Route = "Route";
    public const string RSeq = "RSeq";
    public const string Server = "Server";
    public const string ServiceRoute = "Service-Route";
    public const string SessionExpires = "Session-Expires";
    public const string Supported = "Supported";
    public const string To = "To";
    public const string Unsupported = "Unsupported";
    public const string UserAgent = "User-Agent";
    public const string Via = "Via";
    public const string Warning = "Warning";
    public const string WwwAuthenticate = "WWW-Authenticate";

    // Compact forms: RFC 3261 20, 3515, 3841, 3892, 4028, 4474, 6665.
    private static readonly FrozenDictionary<string, string> Spellings = Build();

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> SpellingsBySpan =
        Spellings.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Names, and compact forms, to the standard spelling; an unknown name stays as it is.</summary>
    public static string Canonical(ReadOnlySpan<char> name) =>
        SpellingsBySpan.TryGetValue(name, out var known) ? known : name.ToString();

    private static FrozenDictionary<string, string> Build()
    {
        string[] names =
        [
            Accept, Allow, Authorization, CallId, Contact, ContentLength, ContentType, CSeq, Date, Diversion, Expires, From, MaxForwards,
            MinExpires, MinSE, PAssertedIdentity, Path, Privacy, ProxyAuthenticate, ProxyAuthorization, RAck, Reason, RecordRoute, RemotePartyId,
            Require, RetryAfter, Route, RSeq, Server, ServiceRoute, SessionExpires, Supported, To, Unsupported, UserAgent, Via, Warning,
            WwwAuthenticate, "Accept-Encoding", "Accept-Language", "Alert-Info", "Allow-Events", "Authentication-Info", "Call-Info",
            "Content-Disposition", "Content-Encoding", "Content-Language", "Error-Info", "Event", "History-Info", "In-Reply-To",
            "MIME-Version", "Organization", "P-Preferred-Identity", "Priority", "Proxy-Require", "Refer-To", "Referred-By",
            "Reply-To", "Subject", "Subscription-State", "Timestamp", "Identity", "Request-Disposition", "Accept-Contact",
            "Reject-Contact",
        ];
        (string Compact, string Name)[] compact =
        [
            ("a", "Accept-Contact"), ("b", "Referred-By"), ("c", ContentType), ("d", "Request-Disposition"), ("e", "Content-Encoding"),
            ("f", From), ("i", CallId), ("j", "Reject-Contact"), ("k", Supported), ("l", ContentLength), ("m", Contact), ("o", "Event"),
            ("r", "Refer-To"), ("s", "Subject"), ("t", To), ("u", "Allow-Events"), ("v", Via), ("x", SessionExpires), ("y", "Identity"),
        ];
        return names.Select(name => (name, name)).Concat(compact.Select(pair => (pair.Compact, pair.Name)))
            .ToFrozenDictionary(pair => pair.Item1, pair => pair.Item2, StringComparer.OrdinalIgnoreCase);
    }
}
