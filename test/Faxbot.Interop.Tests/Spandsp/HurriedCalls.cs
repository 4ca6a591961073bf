namespace Faxbot.Interop.Tests.Spandsp;

/// <summary>
/// The two collections of the tests whose clock may go twenty times as fast: ten calls each at a time, so that they leave the processor to other tests.
/// </summary>
internal static class HurriedCalls
{
    /// <summary>One half, by the time that they take.</summary>
    public const string First = "hurried calls, one half";

    /// <summary>The other half.</summary>
    public const string Second = "hurried calls, other half";
}
