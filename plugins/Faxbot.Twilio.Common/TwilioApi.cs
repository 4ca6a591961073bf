using System.Globalization;
using Faxbot.Sdk.Accounts;
using Faxbot.Sdk.Http;

namespace Faxbot.Twilio.Common;

/// <summary>The REST API of Twilio, version 2010-04-01, for one account. Thread-safe.</summary>
/// <param name="http">The plugin's client.</param>
/// <param name="account">The account.</param>
public sealed class TwilioApi(HttpClient http, TwilioAccount account)
{
    private static readonly Uri Address = new("https://api.twilio.com/");
    private const int MostPages = 200;

    private readonly ProviderApi _api = new(http, "Twilio", Address)
    {
        Authorization = ProviderApi.Basic(account.User, account.Secret),
        ErrorCode = body => body.TryGetProperty("code", out var code) ? code : null,
        Codes = TwilioCodes.All,
    };

    /// <summary>What the account has left.</summary>
    public async Task<Money> GetBalanceAsync(CancellationToken cancel)
    {
        var balance = await _api.GetAsync<TwilioBalance>(Path("Balance.json"), cancel).ConfigureAwait(false);
        return new Money(balance.Balance, balance.Currency);
    }

    /// <summary>The calls that began within a span of time.</summary>
    public async Task<UsageReport> ListCallsAsync(UsageQuery query, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(query);
        // Twilio compares whole days, in UTC.
        var path = Path($"Calls.json?StartTime%3E={Day(query.From)}&StartTime%3C={Day(query.Until.AddDays(1))}&PageSize=1000");
        List<UsageRecord> records = [];
        var isComplete = await ForEachPageAsync<TwilioCalls>(path, page => records.AddRange(page.Calls.Where(call => call.StartTime is not null).Select(Read)), cancel).ConfigureAwait(false);
        return new UsageReport([.. records.Where(call => call.At >= query.From && call.At < query.Until).OrderBy(call => call.At)], isComplete);
    }

    /// <summary>Sends a text message.</summary>
    /// <param name="fields">Twilio's own: <c>To</c>, <c>Body</c> and so on.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="Sdk.Faxes.FaxRejectedException">Twilio surely did not take it.</exception>
    public async Task<TwilioMessage> SendMessageAsync(IReadOnlyDictionary<string, string> fields, CancellationToken cancel)
    {
        using var form = new FormUrlEncodedContent(fields);
        return await _api.PostAsync<TwilioMessage>(Path("Messages.json"), form, cancel).ConfigureAwait(false);
    }

    /// <summary>What is known of a text message.</summary>
    public Task<TwilioMessage> GetMessageAsync(string sid, CancellationToken cancel) => _api.GetAsync<TwilioMessage>(Path($"Messages/{Uri.EscapeDataString(sid)}.json"), cancel);

    /// <summary>The numbers of the account.</summary>
    public async Task<IReadOnlyList<OwnedNumber>> ListNumbersAsync(CancellationToken cancel)
    {
        List<OwnedNumber> numbers = [];
        var isComplete = await ForEachPageAsync<TwilioNumbers>(
            Path("IncomingPhoneNumbers.json?PageSize=1000"),
            page => numbers.AddRange(page.IncomingPhoneNumbers.Select(number => new OwnedNumber(number.PhoneNumber, number.Words))),
            cancel).ConfigureAwait(false);
        return isComplete ? numbers : throw _api.Unexpected("pages without end");
    }

    private async Task<bool> ForEachPageAsync<T>(string first, Action<T> read, CancellationToken cancel)
        where T : TwilioPage
    {
        var path = first;
        for (var count = 0; count < MostPages; count++)
        {
            var page = await _api.GetAsync<T>(path, cancel).ConfigureAwait(false);
            read(page);
            if (page.NextPageUri is not { Length: > 0 } next) return true;
            path = next;
        }

        return false;
    }

    private UsageRecord Read(TwilioCall call) => new()
    {
        ProviderId = call.Sid,
        At = _api.ReadInstant(call.StartTime!),
        Charged = call.Duration is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        Cost = Cost(call.Price, call.PriceUnit),
    };

    // Twilio writes what it took with a minus sign, and nothing before it has rated the call or message.
    internal static Money? Cost(decimal? price, string? currency) => price is { } took && currency is not null ? new Money(-took, currency.ToUpperInvariant()) : null;

    private string Path(string resource) => $"/2010-04-01/Accounts/{Uri.EscapeDataString(account.Sid)}/{resource}";

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
