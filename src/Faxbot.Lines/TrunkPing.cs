namespace Faxbot.Lines;

/// <summary>What became of a sign of life that a trunk was asked for (OPTIONS).</summary>
/// <param name="Status">The SIP status of its answer; any answer is a sign of life. Null when none came.</param>
/// <param name="Problem">Why there is none, in a sentence with what to check; null when there is one.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record TrunkPing(int? Status, string? Problem, TimeSpan Elapsed)
{
    /// <summary>Whether the trunk answered.</summary>
    public bool IsAlive => Status is not null;
}
