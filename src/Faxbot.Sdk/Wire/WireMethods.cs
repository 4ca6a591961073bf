using Faxbot.Sdk.Manifests;
using Faxbot.Sdk.Plugins;

namespace Faxbot.Sdk.Wire;

/// <summary>The methods of the protocol between gateway and plugin; docs/plugins.md is its specification.</summary>
internal static class WireMethods
{
    public const string Initialize = "initialize";
    public const string Start = "start";
    public const string Stop = "stop";
    public const string ValidateConfig = "validate_config";
    public const string Check = "check";
    public const string CheckHealth = "check_health";
    public const string HandleWebhook = "handle_webhook";

    public const string DocumentsToFaxTiff = "documents/to_fax_tiff";
    public const string DocumentsToPdf = "documents/to_pdf";
    public const string DocumentsCopy = "documents/copy";
    public const string DocumentsPublish = "documents/publish";
    public const string LinesConnect = "lines/connect";
    public const string LinesOriginate = "lines/originate";
    public const string LinesGetStatus = "lines/get_status";
    public const string LinesCancel = "lines/cancel";
    public const string LinesSendMessage = "lines/send_message";
    public const string LinesGetMessageStatus = "lines/get_message_status";
    public const string LinesPlaceCall = "lines/place_call";
    public const string LinesGetCallStatus = "lines/get_call_status";
    public const string LinesCancelCall = "lines/cancel_call";
    public const string LinesCheck = "lines/check";
    public const string LinesCheckHealth = "lines/check_health";
    public const string JobsReport = "jobs/report";

    /// <summary>What every plugin answers beside its capabilities, with the method of <see cref="Plugin"/> that does it.</summary>
    public static IReadOnlyList<Capability> OfEveryPlugin { get; } =
    [
        new(Start, nameof(Plugin.StartAsync)),
        new(Stop, nameof(Plugin.StopAsync)),
        new(ValidateConfig, nameof(Plugin.ValidateConfigAsync)),
        new(Check, nameof(Plugin.CheckAsync)),
        new(CheckHealth, nameof(Plugin.CheckHealthAsync)),
        new(HandleWebhook, nameof(Plugin.HandleWebhookAsync)),
    ];
}
