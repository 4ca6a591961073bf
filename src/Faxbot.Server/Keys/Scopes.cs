using System.Collections.Frozen;

namespace Faxbot.Server.Keys;

/// <summary>What a key may be allowed to do. The words are part of the API and never change their meaning.</summary>
internal static class Scopes
{
    /// <summary>Send, cancel and send again; manage the caller's own webhooks.</summary>
    public const string FaxSend = "fax:send";

    /// <summary>Read the key's own faxes, their attempts and events.</summary>
    public const string FaxRead = "fax:read";

    /// <summary>Beside <see cref="FaxRead"/> or <see cref="FaxSend"/>: the faxes of all keys, not only its own.</summary>
    public const string FaxReadAll = "fax:read:all";

    /// <summary>List faxes that came in.</summary>
    public const string InboundList = "inbound:list";

    /// <summary>Read a fax that came in and its pages.</summary>
    public const string InboundRead = "inbound:read";

    /// <summary>Send text messages.</summary>
    public const string MessageSend = "message:send";

    /// <summary>Read text messages.</summary>
    public const string MessageRead = "message:read";

    /// <summary>Call numbers and play recordings.</summary>
    public const string CallSend = "call:send";

    /// <summary>Read voice calls.</summary>
    public const string CallRead = "call:read";

    /// <summary>Read which plugins there are, how they are, and their settings without secrets.</summary>
    public const string PluginsRead = "plugins:read";

    /// <summary>Change the settings of plugins, try them, enable them and start them afresh.</summary>
    public const string PluginsConfigure = "plugins:configure";

    /// <summary>Install, upgrade, roll back and uninstall plugins: this brings programs onto the gateway's machine.</summary>
    public const string PluginsInstall = "plugins:install";

    /// <summary>Read and change plugins, their settings and the routes.</summary>
    public const string PluginsManage = "plugins:manage";

    /// <summary>Read the page for Prometheus from a network that is not let in without a key.</summary>
    public const string MetricsRead = "metrics:read";

    /// <summary>Administer: keys, settings, audit log, plugins, routes and the faxes of all keys.</summary>
    public const string KeysManage = "keys:manage";

    /// <summary>All of them.</summary>
    public const string All = "*";

    private static readonly FrozenSet<string> Known = FrozenSet.Create(
        FaxSend, FaxRead, FaxReadAll, InboundList, InboundRead, MessageSend, MessageRead, CallSend, CallRead, PluginsRead, PluginsConfigure, PluginsInstall, PluginsManage, MetricsRead, KeysManage, All);

    // Older keys have only the wider words. Who may change plugins must see them.
    private static readonly FrozenDictionary<string, string[]> Wider = new Dictionary<string, string[]>
    {
        [PluginsRead] = [PluginsConfigure, PluginsInstall, PluginsManage, KeysManage],
        [PluginsConfigure] = [PluginsManage, KeysManage],
        [PluginsInstall] = [KeysManage],
        [PluginsManage] = [KeysManage],
    }.ToFrozenDictionary();

    /// <summary>The scopes that allow a thing as well, beside <see cref="All"/>.</summary>
    public static IReadOnlyList<string> WiderThan(string scope) => Wider.GetValueOrDefault(scope) ?? [];

    public static bool IsKnown(string scope) => Known.Contains(scope);

    /// <summary>All words, in order, for messages.</summary>
    public static string Listed { get; } = string.Join(", ", Known.Order(StringComparer.Ordinal));
}
