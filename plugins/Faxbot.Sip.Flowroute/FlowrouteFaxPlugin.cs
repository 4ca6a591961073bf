using Faxbot.Sdk.Accounts;
using Faxbot.Sdk.Http;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Sip.Flowroute;

/// <summary>Faxes over a SIP trunk of Flowroute; numbers by its API v2.</summary>
public sealed class FlowrouteFaxPlugin : SipFaxPlugin
{
    private static readonly Uri Address = new("https://api.flowroute.com/");
    private const int PageSize = 200;

    /// <inheritdoc/>
    public override async Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancel)
    {
        var found = await base.CheckAsync(request, cancel).ConfigureAwait(false);
        return Context.SettingsAs<FlowrouteSettings>().AccessKey is null ? found : await ProviderApi.CheckAsync(found, ListNumbersAsync, cancel).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<OwnedNumber>> ListNumbersAsync(CancellationToken cancel)
    {
        var api = Api();
        return await api.ReadPagesAsync(async page =>
        {
            var answer = await api.GetAsync<FlowrouteList>(FormattableString.Invariant($"v2/numbers?limit={PageSize}&offset={page * PageSize}"), cancel).ConfigureAwait(false);
            // Flowroute writes eleven digits.
            return (answer.Data.Select(number => new OwnedNumber($"+{number.Id}", [])), answer.Data.Count >= PageSize);
        }).ConfigureAwait(false);
    }

    private ProviderApi Api() => Context.SettingsAs<FlowrouteSettings>() is { AccessKey: { } key, SecretKey: { } secret }
        ? new ProviderApi(Context.Http, "Flowroute", Address) { Authorization = ProviderApi.Basic(key, secret), MediaType = "application/vnd.api+json" }
        : throw new PluginException("The numbers of the account need the API keys of Flowroute: give access_key and secret_key in the settings.");
}
