using System.Xml;
using System.Xml.Linq;
using Faxbot.Sdk.Accounts;
using Faxbot.Sdk.Http;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Sip.Bandwidth;

/// <summary>Faxes over a SIP trunk of Bandwidth; numbers by its dashboard API, which speaks XML.</summary>
public sealed class BandwidthFaxPlugin : SipFaxPlugin
{
    private static readonly Uri Address = new("https://dashboard.bandwidth.com/api/");
    private const int PageSize = 500;

    /// <inheritdoc/>
    public override async Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancel)
    {
        var found = await base.CheckAsync(request, cancel).ConfigureAwait(false);
        return Context.SettingsAs<BandwidthSettings>().AccountId is null ? found : await ProviderApi.CheckAsync(found, ListNumbersAsync, cancel).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<OwnedNumber>> ListNumbersAsync(CancellationToken cancel)
    {
        var settings = Context.SettingsAs<BandwidthSettings>();
        var (api, account) = Api(settings);
        // Bandwidth names the next page by a word of its own.
        var at = "1";
        return await api.ReadPagesAsync(async _ =>
        {
            var path = FormattableString.Invariant($"accounts/{Uri.EscapeDataString(account)}/inserviceNumbers?page={Uri.EscapeDataString(at)}&size={PageSize}");
            var answer = Parse(api, await api.GetTextAsync(path, cancel).ConfigureAwait(false));
            var next = NextPage(answer) ?? at;
            var hasNext = next != at;
            at = next;
            // It writes ten digits of the North American plan.
            return (answer.Elements("TelephoneNumbers").Elements("TelephoneNumber").Select(number => new OwnedNumber($"+1{number.Value.Trim()}", [])), hasNext);
        }).ConfigureAwait(false);
    }

    private (ProviderApi Api, string Account) Api(BandwidthSettings settings) => settings is { AccountId: { } account, ApiUser: { } user, ApiPassword: { } password }
        ? (new ProviderApi(Context.Http, "Bandwidth", Address) { Authorization = ProviderApi.Basic(user, password), MediaType = "application/xml" }, account)
        : throw new PluginException("The numbers of the account need the dashboard API of Bandwidth: give account_id, api_user and api_password in the settings.");

    private static XElement Parse(ProviderApi api, string text)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return XElement.Load(reader) is { Name.LocalName: "TNs" } list ? list : throw api.Unexpected("no list of numbers");
        }
        catch (XmlException)
        {
            throw api.Unexpected("no XML");
        }
    }

    // A link such as Link=<https://host/path?size=500&page=N>;rel="next"; of it, only the page is believed.
    private static string? NextPage(XElement list)
    {
        if (list.Element("Links")?.Element("next")?.Value is not { } link) return null;
        var (start, end) = (link.IndexOf('?', StringComparison.Ordinal), link.IndexOf('>', StringComparison.Ordinal));
        if (start < 0 || end < start) return null;
        return link[(start + 1)..end].Split('&').Select(field => field.Split('=', 2)).FirstOrDefault(field => field is ["page", { Length: > 0 }])?[1];
    }
}
