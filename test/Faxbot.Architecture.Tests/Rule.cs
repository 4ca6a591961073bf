namespace Faxbot.Architecture.Tests;

/// <summary>Says which places break a rule, and what to do instead.</summary>
internal static class Rule
{
    public static void Holds(string lesson, IEnumerable<string> violations)
    {
        var found = violations.ToArray();
        if (found.Length > 0) Assert.Fail($"{lesson}\n\n{string.Join('\n', found)}\n");
    }
}
