namespace Faxbot.Sdk.Trunks;

/// <summary>How numbers are written in each header field.</summary>
public sealed record TrunkNumbers
{
    /// <summary>The called number in the request URI.</summary>
    public NumberForm RequestUri { get; init; } = new();

    /// <summary>The called number in To; null as in the request URI.</summary>
    public NumberForm? To { get; init; }

    /// <summary>The caller number in From.</summary>
    public NumberForm From { get; init; } = new();

    /// <summary>The caller number in the fields of <see cref="TrunkCaller.Headers"/>; null as in From.</summary>
    public NumberForm? Identity { get; init; }
}
