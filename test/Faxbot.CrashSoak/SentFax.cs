namespace Faxbot.CrashSoak;

/// <summary>A fax that was given to the gateway; its number is its own and names it also where the answer did not arrive.</summary>
/// <param name="Number">Where it goes.</param>
/// <param name="Pages">Pages of its document.</param>
internal sealed record SentFax(string Number, int Pages)
{
    /// <summary>Its id; null until the gateway has answered that it took it.</summary>
    public string? Id { get; set; }
}
