using System.Collections.Frozen;
using Faxbot.Sdk.Plugins;

namespace Faxbot.Sdk.Manifests;

/// <summary>The table of capability types. A new kind of plugin is a row here, a class, and a contract suite.</summary>
public static class CapabilityTypes
{
    private static readonly Capability GetUsage = new("get_usage", nameof(Plugin.GetUsageAsync));

    /// <summary>All of them, in the order in which people are told.</summary>
    public static IReadOnlyList<CapabilityType> All { get; } =
    [
        new("outbound", typeof(FaxPlugin),
            [new("send_fax", nameof(FaxPlugin.SendFaxAsync)), new("get_status", nameof(FaxPlugin.GetStatusAsync))],
            [
                new("cancel_fax", nameof(FaxPlugin.CancelFaxAsync)),
                GetUsage,
                new("list_numbers", nameof(Plugin.ListNumbersAsync)),
                new("get_balance", nameof(Plugin.GetBalanceAsync)),
            ]),
        new("inbound", typeof(FaxPlugin),
            [new("receive_fax", nameof(FaxPlugin.ReceiveFaxAsync))],
            [new("list_inbound", nameof(FaxPlugin.ListInboundAsync))]),
        new("messaging", typeof(MessagingPlugin),
            [new("send_message", nameof(MessagingPlugin.SendMessageAsync)), new("get_message_status", nameof(MessagingPlugin.GetMessageStatusAsync))],
            [new("receive_message", nameof(MessagingPlugin.ReceiveMessageAsync)), new("price_message", nameof(MessagingPlugin.PriceMessageAsync)), GetUsage]),
        new("voice", typeof(VoicePlugin),
            [new("place_call", nameof(VoicePlugin.PlaceCallAsync)), new("get_call_status", nameof(VoicePlugin.GetCallStatusAsync))],
            [new("cancel_call", nameof(VoicePlugin.CancelCallAsync))]),
    ];

    private static readonly FrozenDictionary<string, CapabilityType> ByCategory = All.ToFrozenDictionary(type => type.Category);

    /// <summary>The type with that word, or null.</summary>
    public static CapabilityType? Find(string category) => ByCategory.GetValueOrDefault(category);
}
