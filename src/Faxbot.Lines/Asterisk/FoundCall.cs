using Faxbot.Sdk.Outcomes;

namespace Faxbot.Lines.Asterisk;

/// <summary>What is found of the call of an attempt, after a restart or a lost connection.</summary>
public abstract record FoundCall
{
    private FoundCall()
    {
    }

    /// <summary>It is up, and is followed again from now on.</summary>
    public sealed record Running(FaxCall Call) : FoundCall;

    /// <summary>It is over.</summary>
    public sealed record Ended(FaxOutcome Outcome) : FoundCall;

    /// <summary>No server was asked to place it: nobody was called.</summary>
    public sealed record NeverPlaced : FoundCall;

    /// <summary>A server that may have placed it cannot be asked now; it may be asked again later.</summary>
    /// <param name="Servers">The names of those servers.</param>
    public sealed record NotReachable(IReadOnlyList<string> Servers) : FoundCall;

    /// <summary>Nobody knows: Asterisk was restarted and has no record of it.</summary>
    public sealed record Unknown(FaxOutcome Outcome) : FoundCall;
}
