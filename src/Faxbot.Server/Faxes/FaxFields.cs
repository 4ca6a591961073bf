using System.Globalization;
using Faxbot.Sdk.Faxes;
using Faxbot.Server.Api;
using Faxbot.Server.Jobs;
using Faxbot.Server.Plugins;
using Faxbot.Server.Webhooks;

namespace Faxbot.Server.Faxes;

/// <summary>Reads the fields of a request to send a fax.</summary>
internal sealed class FaxFields(IReadOnlyDictionary<string, string> fields, FieldErrors errors) : JobFields(fields, errors)
{
    private const int LongestHeader = 80;
    private const int LongestSubaddress = 20;
    private const int HighestPriority = 9;
    private static readonly int[] BitRates = [2_400, 4_800, 7_200, 9_600, 12_000, 14_400];

    public int Priority() => Text("priority") is not { } text ? 0
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var priority) && Math.Abs(priority) <= HighestPriority ? priority
        : Wrong<int>("priority", $"A whole number from -{HighestPriority} to {HighestPriority}; higher goes first.");

    /// <summary>How it is to be sent.</summary>
    /// <param name="backends">Which plugins may be named.</param>
    /// <param name="webhooks">Which addresses may be told.</param>
    /// <param name="quality">How finely pages are drawn where nothing is said.</param>
    public JobOptions Options(IFaxBackends backends, WebhookAddressRules webhooks, PageQuality quality) => new()
    {
        Quality = Quality(quality),
        Ecm = Flag("ecm") ?? true,
        MaxBitRate = BitRate(),
        Header = Header(),
        Subaddress = Subaddress(),
        PluginId = Plugin(id => backends.Find(id) is not null),
        Resume = Flag("resume"),
        WebhookUrl = Webhook(webhooks),
        ClientReference = ClientReference(),
    };

    private PageQuality Quality(PageQuality usual) => Text("quality") switch
    {
        null => usual,
        "fine" => PageQuality.Fine,
        "standard" => PageQuality.Standard,
        "superfine" => PageQuality.Superfine,
        _ => Wrong<PageQuality>("quality", "One of standard, fine, superfine."),
    };

    private int BitRate() => Text("max_rate") is not { } text ? BitRates[^1]
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var rate) && BitRates.Contains(rate) ? rate
        : Wrong<int>("max_rate", $"Bits per second: one of {string.Join(", ", BitRates)}.");

    // An empty header is a wish too: for none.
    private string? Header() => Raw("header") is not { } text ? null
        : text.Length > LongestHeader || text.Any(char.IsControl) ? Wrong<string>("header", $"At most {LongestHeader} characters, none of them control characters.")
        : text.Trim();

    // T.30 5.3.6.2.12: SUB has digits, space, * and #.
    private string? Subaddress() => Text("subaddress") is not { } text ? null
        : text.Length <= LongestSubaddress && text.All(letter => char.IsAsciiDigit(letter) || letter is '*' or '#' or ' ') ? text
        : Wrong<string>("subaddress", $"At most {LongestSubaddress} digits, * or #.");

    private bool? Flag(string field) => Text(field)?.ToLowerInvariant() switch
    {
        null => null,
        "true" or "1" or "yes" or "on" => true,
        "false" or "0" or "no" or "off" => false,
        _ => Wrong<bool?>(field, "true or false."),
    };
}
