using System.Net;

namespace Faxbot.Server.Plugins.Install;

/// <summary>
/// Asks a feed, and shows its credentials at the feed's own host alone. It follows redirections by itself: .NET's way takes a key's header field along
/// to wherever a feed points.
/// </summary>
internal sealed class FeedAccess(FeedCredentials? credentials, HttpMessageHandler network) : DelegatingHandler(network)
{
    private const int MostRedirections = 5;

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (var redirections = 0; ; redirections++)
        {
            if (credentials is not null && credentials.AreFor(request.RequestUri!)) request.Headers.TryAddWithoutValidation(credentials.Header, credentials.Value);
            var response = await base.SendAsync(request, cancellationToken);
            if (redirections == MostRedirections || TargetOf(request.RequestUri!, response) is not { } target) return response;
            response.Dispose();
            request = Towards(target, request);
        }
    }

    // Never from TLS to plain text.
    private static Uri? TargetOf(Uri asked, HttpResponseMessage response)
    {
        if (response.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect)
            || response.Headers.Location is not { } location)
        {
            return null;
        }

        var target = new Uri(asked, location);
        return target.Scheme == asked.Scheme || target.Scheme == Uri.UriSchemeHttps ? target : null;
    }

    private HttpRequestMessage Towards(Uri target, HttpRequestMessage former)
    {
        var next = new HttpRequestMessage(former.Method, target);
        foreach (var (name, values) in former.Headers)
        {
            if (!name.Equals(credentials?.Header, StringComparison.OrdinalIgnoreCase)) next.Headers.TryAddWithoutValidation(name, values);
        }

        return next;
    }
}
