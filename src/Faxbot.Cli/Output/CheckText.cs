using System.Text.Json;

namespace Faxbot.Cli.Output;

/// <summary>What a check found, step by step, for people.</summary>
internal static class CheckText
{
    /// <summary>Writes it; a check without steps is its problems.</summary>
    public static void Write(JsonElement result)
    {
        if (!result.TryGetProperty("findings", out var findings))
        {
            foreach (var problem in result.GetProperty("problems").EnumerateArray()) Console.WriteLine(problem.GetString());
            return;
        }

        foreach (var finding in findings.EnumerateArray())
        {
            Console.WriteLine($"{finding.GetProperty("state").GetString(),-8} {finding.GetProperty("step").GetString()}: {finding.GetProperty("sentence").GetString()}");
            if (finding.TryGetProperty("next", out var next)) Console.WriteLine($"{string.Empty,-8} {next.GetString()}");
        }
    }
}
