using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Outcomes;

namespace Faxbot.Lines;

/// <summary>What became of a text message on its way out. It claims no more than was seen.</summary>
/// <param name="State">
/// <see cref="MessageState.Sent"/> where the trunk took it, <see cref="MessageState.Undelivered"/> where the trunk refused it,
/// <see cref="MessageState.NeverSent"/> where nothing left, <see cref="MessageState.Unknown"/> where no answer came.
/// </param>
public sealed record MessageOutcome(MessageState State)
{
    /// <summary>Why it was not taken, or why that is not known, in the words of faxes; null where it was taken.</summary>
    public FaxOutcome? Failure { get; init; }

    /// <summary>The final SIP status, where there was one.</summary>
    public int? SipStatus { get; init; }
}
