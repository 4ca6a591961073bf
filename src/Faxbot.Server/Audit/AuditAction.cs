namespace Faxbot.Server.Audit;

/// <summary>What the audit log knows.</summary>
internal static class AuditAction
{
    public const string KeyCreated = "key.created";
    public const string KeyRotated = "key.rotated";
    public const string KeyRevoked = "key.revoked";
    public const string KeyRingRotated = "key_ring.rotated";
    public const string PluginChanged = "plugin.changed";
    public const string PluginInstalled = "plugin.installed";
    public const string PluginUpgraded = "plugin.upgraded";
    public const string PluginRolledBack = "plugin.rolled_back";
    public const string PluginUninstalled = "plugin.uninstalled";
    public const string PluginDialled = "plugin.dialled";
    public const string PluginRestarted = "plugin.restarted";
    public const string RouteCreated = "route.created";
    public const string RouteChanged = "route.changed";
    public const string RouteDeleted = "route.deleted";
    public const string AsteriskConfigured = "asterisk.configured";
    public const string MediaForgotten = "media.forgotten";
    public const string WebhookCreated = "webhook.created";
    public const string WebhookChanged = "webhook.changed";
    public const string WebhookDeleted = "webhook.deleted";
    public const string FaxCancelled = "fax.cancelled";
    public const string FaxResent = "fax.resent";
    public const string FaxResolved = "fax.resolved";
    public const string FaxRefreshed = "fax.refreshed";
    public const string MessageCancelled = "message.cancelled";
    public const string MessageResolved = "message.resolved";
    public const string CallCancelled = "call.cancelled";
    public const string OptOutAdded = "opt_out.added";
    public const string OptOutRemoved = "opt_out.removed";
    public const string DocumentRead = "document.read";
    public const string InboundRead = "inbound.read";
    public const string InboundDeleted = "inbound.deleted";
}
