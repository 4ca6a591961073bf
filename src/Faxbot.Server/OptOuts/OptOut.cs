using Faxbot.Sdk.Numbers;

namespace Faxbot.Server.OptOuts;

/// <summary>A number that nothing is sent to any more.</summary>
internal sealed record OptOut
{
    public required PhoneNumber Number { get; init; }

    /// <summary><c>message</c> or <c>api</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The message by which its owner said so.</summary>
    public string? MessageId { get; init; }

    public string? Note { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
