using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Faxbot.Server.Plugins.Install;

/// <summary>
/// What a feed is shown: a user with password (RFC 7617), or a header field with a key. It goes to that feed's own host, over TLS or on this machine
/// only. Its text is secret.
/// </summary>
internal sealed class FeedCredentials
{
    private const string Authorization = "Authorization";

    private FeedCredentials(Uri feed, string header, string value) => (Feed, Header, Value) = (feed, header, value);

    /// <summary>The address of the feed, as <c>plugins.sources</c> lists it.</summary>
    public Uri Feed { get; }

    /// <summary>The name of the header field.</summary>
    public string Header { get; }

    /// <summary>Its value.</summary>
    public string Value { get; }

    /// <summary>Reads <c>ADDRESS USER:PASSWORD</c> or <c>ADDRESS HEADER: VALUE</c>; a blank behind the colon tells the second.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out FeedCredentials? credentials)
    {
        credentials = null;
        var (address, shown) = Cut(text.Trim(), ' ');
        if (!Uri.TryCreate(address, UriKind.Absolute, out var feed) || feed.UserInfo.Length > 0 || !IsSafe(feed)) return false;
        var (name, value) = Cut(shown.Trim(), ':');
        if (name.Length == 0 || value.Length == 0 || value.Any(char.IsControl) || name.Any(char.IsControl)) return false;
        if (value[0] != ' ') credentials = new FeedCredentials(feed, Authorization, $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{value}"))}");
        else if (value.Trim() is { Length: > 0 } key && name.All(IsTokenCharacter)) credentials = new FeedCredentials(feed, name, key);
        return credentials is not null;
    }

    /// <summary>Whether they may be shown there: to the scheme, host and port of the feed.</summary>
    public bool AreFor(Uri address) => address.Scheme == Feed.Scheme && address.IdnHost == Feed.IdnHost && address.Port == Feed.Port;

    /// <summary>Whether they are those of that source.</summary>
    public bool AreOf(string source) => Feed.OriginalString.TrimEnd('/') == source.TrimEnd('/');

    /// <summary>The feed alone.</summary>
    public override string ToString() => Feed.OriginalString;

    private static bool IsSafe(Uri feed) => feed.Scheme == Uri.UriSchemeHttps || (feed.Scheme == Uri.UriSchemeHttp && feed.IsLoopback);

    // RFC 9110 5.6.2.
    private static bool IsTokenCharacter(char sign) => char.IsAsciiLetterOrDigit(sign) || "!#$%&'*+-.^_`|~".Contains(sign, StringComparison.Ordinal);

    private static (string Before, string Behind) Cut(string text, char at) => text.IndexOf(at, StringComparison.Ordinal) is >= 0 and var index ? (text[..index], text[(index + 1)..]) : (text, "");
}
