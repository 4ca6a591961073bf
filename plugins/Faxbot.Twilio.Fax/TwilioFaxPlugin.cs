using Faxbot.Sdk.Accounts;
using Faxbot.Sdk.Http;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Trunks;
using Faxbot.Twilio.Common;

namespace Faxbot.Twilio.Fax;

/// <summary>Faxes over a trunk of Twilio's Elastic SIP Trunking; balance, calls and numbers by its API.</summary>
public sealed class TwilioFaxPlugin : SipFaxPlugin
{
    /// <inheritdoc/>
    public override async Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancel)
    {
        var found = await base.CheckAsync(request, cancel).ConfigureAwait(false);
        return Context.SettingsAs<TwilioFaxSettings>().AccountSid is null ? found : await ProviderApi.CheckAsync(found, GetBalanceAsync, cancel).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override Task<Money> GetBalanceAsync(CancellationToken cancel) => Api().GetBalanceAsync(cancel);

    /// <inheritdoc/>
    public override Task<UsageReport> GetUsageAsync(UsageQuery query, CancellationToken cancel) => Api().ListCallsAsync(query, cancel);

    /// <inheritdoc/>
    public override Task<IReadOnlyList<OwnedNumber>> ListNumbersAsync(CancellationToken cancel) => Api().ListNumbersAsync(cancel);

    private TwilioApi Api()
    {
        var settings = Context.SettingsAs<TwilioFaxSettings>();
        return new TwilioApi(Context.Http, TwilioAccount.Of(settings.AccountSid, settings.AuthToken, settings.ApiKey, settings.ApiSecret)
            ?? throw new PluginException("Balance, calls and numbers need the API of Twilio: give account_sid with api_key and api_secret, or with auth_token, in the settings."));
    }
}
