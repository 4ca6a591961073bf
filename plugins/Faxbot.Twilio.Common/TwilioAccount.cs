namespace Faxbot.Twilio.Common;

/// <summary>An account and what proves it.</summary>
/// <param name="Sid">The account, <c>AC...</c>.</param>
/// <param name="User">The account again, or an API key, <c>SK...</c>.</param>
/// <param name="Secret">The account's auth token, or the key's secret.</param>
public sealed record TwilioAccount(string Sid, string User, string Secret)
{
    /// <summary>By an API key where there is one, else by the auth token; null when neither is there.</summary>
    public static TwilioAccount? Of(string? sid, string? authToken, string? apiKey, string? apiSecret) => (sid, authToken, apiKey, apiSecret) switch
    {
        ({ }, _, { }, { }) => new TwilioAccount(sid, apiKey, apiSecret),
        ({ }, { }, _, _) => new TwilioAccount(sid, sid, authToken),
        _ => null,
    };

    /// <inheritdoc/>
    public override string ToString() => $"{nameof(TwilioAccount)} {{ Sid = {Sid}, Secret = *** }}";
}
