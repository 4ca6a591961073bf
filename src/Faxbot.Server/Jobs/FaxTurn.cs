namespace Faxbot.Server.Jobs;

/// <summary>What a queued fax waits for: the words of column <c>turn</c>.</summary>
internal static class FaxTurn
{
    /// <summary>Its time.</summary>
    public const string Later = "later";

    /// <summary>The next claim.</summary>
    public const string Ready = "ready";

    /// <summary>The end of another call to its number.</summary>
    public const string Number = "number";

    /// <summary>A free channel of one of the trunks that <c>waits_for</c> names.</summary>
    public const string Trunk = "trunk";
}
