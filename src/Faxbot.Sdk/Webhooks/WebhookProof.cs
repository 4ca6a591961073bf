using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Faxbot.Sdk.Http;

namespace Faxbot.Sdk.Webhooks;

/// <summary>
/// What proves the sender of a webhook where the provider signs nothing: credentials that only it was given. They say nothing of the content, and a request that is
/// repeated has the same ones. All comparisons take the same time wherever the texts differ.
/// </summary>
public static class WebhookProof
{
    /// <summary>Whether the request has these credentials by HTTP Basic (RFC 7617).</summary>
    /// <param name="request">The request.</param>
    /// <param name="user">The user that the provider was given.</param>
    /// <param name="password">The password.</param>
    public static bool HasBasic(WebhookRequest request, string user, string password)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Headers.TryGetValue("authorization", out var field)
            && AuthenticationHeaderValue.TryParse(field, out var given)
            && given.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)
            && IsSame(given.Parameter ?? "", ProviderApi.Basic(user, password).Parameter!);
    }

    /// <summary>Whether the query of the address has the secret.</summary>
    /// <param name="request">The request.</param>
    /// <param name="name">The name of the field.</param>
    /// <param name="secret">Its value, as the provider was given it within the address.</param>
    public static bool HasSecret(WebhookRequest request, string name, string secret)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Uri.TryCreate(request.Url, UriKind.Absolute, out var address)
            && address.Query.TrimStart('?').Split('&').Select(field => field.Split('=', 2)).Any(field => field[0] == name && field.Length == 2 && IsSame(Uri.UnescapeDataString(field[1]), secret));
    }

    private static bool IsSame(string given, string expected) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));
}
