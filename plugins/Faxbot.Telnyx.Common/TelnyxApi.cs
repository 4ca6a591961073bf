using System.Net.Http.Headers;
using Faxbot.Sdk.Accounts;
using Faxbot.Sdk.Http;

namespace Faxbot.Telnyx.Common;

/// <summary>The API v2 of Telnyx, as far as all that use it need it.</summary>
public static class TelnyxApi
{
    private static readonly Uri Address = new("https://api.telnyx.com/v2/");

    /// <summary>The API with a key of the account.</summary>
    /// <param name="http">The plugin's client.</param>
    /// <param name="apiKey">The key.</param>
    /// <param name="codes">What codes of errors mean.</param>
    public static ProviderApi Of(HttpClient http, string apiKey, IReadOnlyDictionary<string, ProviderCode>? codes = null) => new(http, "Telnyx", Address)
    {
        Authorization = new AuthenticationHeaderValue("Bearer", apiKey),
        ErrorCode = body => body.TryGetProperty("errors", out var errors) && errors.GetArrayLength() > 0 && errors[0].TryGetProperty("code", out var code) ? code : null,
        Codes = codes ?? new Dictionary<string, ProviderCode>(),
    };

    /// <summary>What the account has left.</summary>
    public static async Task<Money> GetBalanceAsync(ProviderApi api, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(api);
        var balance = (await api.GetAsync<TelnyxBalanceAnswer>("balance", cancel).ConfigureAwait(false)).Data;
        return new Money(balance.Balance, balance.Currency);
    }

    private sealed record TelnyxBalanceAnswer(TelnyxBalance Data);

    private sealed record TelnyxBalance(decimal Balance, string Currency);
}
