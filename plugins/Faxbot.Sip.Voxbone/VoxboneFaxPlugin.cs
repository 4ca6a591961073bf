using System.Globalization;
using System.Text.Json;
using Faxbot.Sdk.Accounts;
using Faxbot.Sdk.Http;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Sip.Voxbone;

/// <summary>Faxes over a SIP trunk of Voxbone (Bandwidth International); balance, call records and numbers by its APIs v1 and v2.</summary>
public sealed class VoxboneFaxPlugin : SipFaxPlugin
{
    private const string Live = "https://api.voxbone.com/", Sandbox = "https://api.sandbox.voxbone.com/";
    private const int PageSize = 100;
    private const int MostRecords = 10_000;

    /// <inheritdoc/>
    public override async Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancel)
    {
        var found = await base.CheckAsync(request, cancel).ConfigureAwait(false);
        return Context.SettingsAs<VoxboneSettings>().ApiKey is null ? found : await ProviderApi.CheckAsync(found, GetBalanceAsync, cancel).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async Task<Money> GetBalanceAsync(CancellationToken cancel)
    {
        var balance = (await Api().GetAsync<VoxboneBalanceAnswer>("v1/ordering/accountbalance", cancel).ConfigureAwait(false)).AccountBalance;
        return new Money(balance.Balance, balance.Currency);
    }

    /// <summary>Call records. What a call cost is left out: Voxbone does not say in which unit it writes that.</summary>
    public override async Task<UsageReport> GetUsageAsync(UsageQuery query, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(query);
        var api = Api();
        List<UsageRecord> records = [];
        for (var offset = 0; offset < MostRecords; offset += PageSize)
        {
            var path = FormattableString.Invariant($"v2/cdr/calls?from={Instant(query.From)}&to={Instant(query.Until)}&offset={offset}&limit={PageSize}");
            var page = await api.GetAsync<VoxboneRecords>(path, cancel).ConfigureAwait(false);
            records.AddRange(page.Data.Select(record => new UsageRecord
            {
                ProviderId = record.Id,
                At = api.ReadInstant(record.Start),
                Charged = record.Duration is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            }));
            if (page.Data.Count == 0 || records.Count >= page.Pagination.Total) return Report(records, isComplete: true);
        }

        return Report(records, isComplete: false);
    }

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<OwnedNumber>> ListNumbersAsync(CancellationToken cancel)
    {
        var api = Api();
        var read = 0;
        return await api.ReadPagesAsync(async page =>
        {
            var answer = await api.GetAsync<VoxboneNumbers>(FormattableString.Invariant($"v1/inventory/did?pageNumber={page}&pageSize={PageSize}"), cancel).ConfigureAwait(false);
            var numbers = answer.Dids.Select(did => new OwnedNumber(did.E164.StartsWith('+') ? did.E164 : $"+{did.E164}", did.Peer?.T38Enabled == true ? ["t38"] : []));
            read += answer.Dids.Count;
            return (numbers, answer.Dids.Count > 0 && read < answer.ResultCount);
        }).ConfigureAwait(false);
    }

    private ProviderApi Api()
    {
        var settings = Context.SettingsAs<VoxboneSettings>();
        var key = settings.ApiKey ?? throw new PluginException("Balance, call records and numbers need an API key of Voxbone: give api_key in the settings.");
        return new ProviderApi(Context.Http, "Voxbone", new Uri(settings.Sandbox ? Sandbox : Live))
        {
            Headers = new Dictionary<string, string> { ["apikey"] = key },
            Names = JsonNamingPolicy.CamelCase,
            ErrorCode = body => FirstError(body) is { } error && (error.TryGetProperty("apiErrorCode", out var code) || error.TryGetProperty("code", out code)) ? code : null,
        };
    }

    private static JsonElement? FirstError(JsonElement body) =>
        body.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array && errors.GetArrayLength() > 0 ? errors[0] : null;

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static UsageReport Report(List<UsageRecord> records, bool isComplete) => new([.. records.OrderBy(record => record.At)], isComplete);
}
