using Faxbot.Sdk.Accounts;
using Faxbot.Sdk.Http;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Trunks;
using Faxbot.Telnyx.Common;

namespace Faxbot.Sip.Telnyx;

/// <summary>Faxes over a SIP connection of Telnyx; balance, call records and numbers by its API v2.</summary>
public sealed class TelnyxFaxPlugin : SipFaxPlugin
{
    private const int PageSize = 50;
    // Telnyx filters records by no instant of ours: so many of the newest are looked through.
    private const int MostPages = 20;

    /// <inheritdoc/>
    public override async Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancel)
    {
        var found = await base.CheckAsync(request, cancel).ConfigureAwait(false);
        return Context.SettingsAs<TelnyxSettings>().ApiKey is null ? found : await ProviderApi.CheckAsync(found, GetBalanceAsync, cancel).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override Task<Money> GetBalanceAsync(CancellationToken cancel) => TelnyxApi.GetBalanceAsync(Api(), cancel);

    /// <inheritdoc/>
    public override async Task<UsageReport> GetUsageAsync(UsageQuery query, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(query);
        var api = Api();
        List<UsageRecord> records = [];
        for (var page = 1; page <= MostPages; page++)
        {
            var answer = await api.GetAsync<TelnyxPage<TelnyxCallRecord>>(Page("detail_records?filter[record_type]=sip-trunking&sort=-started_at&", page), cancel).ConfigureAwait(false);
            var read = answer.Data.Select(record => Read(api, record)).ToArray();
            records.AddRange(read.Where(record => record.At >= query.From && record.At < query.Until));
            if (read.Length == 0 || page >= answer.Meta.TotalPages || read[^1].At < query.From) return Report(records, isComplete: true);
        }

        return Report(records, isComplete: false);
    }

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<OwnedNumber>> ListNumbersAsync(CancellationToken cancel)
    {
        var api = Api();
        return await api.ReadPagesAsync(async page =>
        {
            // Telnyx counts pages from 1.
            var answer = await api.GetAsync<TelnyxPage<TelnyxNumber>>(Page("phone_numbers?", page + 1), cancel).ConfigureAwait(false);
            var numbers = answer.Data.Select(number => new OwnedNumber(number.PhoneNumber, number.T38FaxGatewayEnabled == true ? ["t38_gateway"] : []));
            return (numbers, answer.Data.Count > 0 && page + 1 < answer.Meta.TotalPages);
        }).ConfigureAwait(false);
    }

    private ProviderApi Api() => TelnyxApi.Of(
        Context.Http,
        Context.SettingsAs<TelnyxSettings>().ApiKey ?? throw new PluginException("Balance, call records and numbers need an API key of Telnyx: give api_key in the settings."));

    private static string Page(string path, int page) => FormattableString.Invariant($"{path}page[number]={page}&page[size]={PageSize}");

    // The Call-ID is what the gateway's own call is found by.
    private static UsageRecord Read(ProviderApi api, TelnyxCallRecord record) => new()
    {
        ProviderId = record.SipCallId ?? record.TelnyxSessionId ?? throw api.Unexpected("a record without an id"),
        At = api.ReadInstant(record.StartedAt),
        Charged = record.BilledSec is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        Cost = record is { Cost: { } cost, Currency: { } currency } ? new Money(cost, currency) : null,
    };

    private static UsageReport Report(List<UsageRecord> records, bool isComplete) => new([.. records.OrderBy(record => record.At)], isComplete);
}
