namespace Faxbot.Interop.Tests.Spandsp;

/// <summary>
/// The two collections of the tests whose clock goes ten times as fast: their peers need the processor when they want it, so that no more than two such
/// calls are under way at a time.
/// </summary>
internal static class HurriedCalls
{
    /// <summary>One half, by the time that they take.</summary>
    public const string First = "hurried calls, one half";

    /// <summary>The other half.</summary>
    public const string Second = "hurried calls, other half";
}
