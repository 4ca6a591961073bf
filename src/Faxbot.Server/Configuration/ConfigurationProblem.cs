namespace Faxbot.Server.Configuration;

/// <summary>One thing that is wrong with the configuration.</summary>
/// <param name="Place">The key or variable.</param>
/// <param name="Message">What is wrong and what to write instead; never a secret.</param>
internal sealed record ConfigurationProblem(string Place, string Message)
{
    public override string ToString() => $"{Place}: {Message}";
}
