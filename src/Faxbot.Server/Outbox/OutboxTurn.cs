namespace Faxbot.Server.Outbox;

/// <summary>What a queued item waits for: the words of column <c>turn</c>.</summary>
internal static class OutboxTurn
{
    /// <summary>Its time.</summary>
    public const string Later = "later";

    /// <summary>The next claim.</summary>
    public const string Ready = "ready";

    /// <summary>One of the plugins that <c>waits_for</c> names: until it is ready, or has room.</summary>
    public const string Plugin = "plugin";
}
