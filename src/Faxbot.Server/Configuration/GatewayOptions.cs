using System.Net;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Configuration;

/// <summary>
/// All that can be configured, with defaults by which nothing needs to be. A setting's key is the path of its properties in snake case
/// (<c>sip.bind</c>); file, environment, sample and documentation follow from this tree.
/// </summary>
internal sealed record GatewayOptions
{
    [Setting("Address and port of the API and the console.")]
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 8080);

    [Setting("The address at which callers, providers and browsers reach the gateway; it stands in links that they are given.", Unset = "http:// and `listen`", Example = "https://fax.example.com")]
    public Uri? PublicAddress { get; init; }

    [Setting("The folder of all that the gateway keeps.", IsPath = true)]
    public string DataFolder { get; init; } = "~/.local/share/faxbot";

    [Setting("Where rows are kept. Several gateways may share one PostgreSQL and one storage folder.", IsPath = true)]
    public DatabaseOptions Database { get; init; } = new() { Sqlite = "{data_folder}/faxbot.db" };

    public StorageOptions Storage { get; init; } = new();

    public SipOptions Sip { get; init; } = new();

    public AsteriskOptions Asterisk { get; init; } = new();

    public FaxingOptions Fax { get; init; } = new();

    public MessageOptions Messages { get; init; } = new();

    public DocumentOptions Documents { get; init; } = new();

    public RetryOptions Retry { get; init; } = new();

    public QuietHoursOptions QuietHours { get; init; } = new();

    public LimitOptions Limits { get; init; } = new();

    public RetentionOptions Retention { get; init; } = new();

    public WebhookOptions Webhooks { get; init; } = new();

    public PluginOptions Plugins { get; init; } = new();

    public LogOptions Log { get; init; } = new();

    public MetricsOptions Metrics { get; init; } = new();

    public ProxyOptions Proxies { get; init; } = new();
}
