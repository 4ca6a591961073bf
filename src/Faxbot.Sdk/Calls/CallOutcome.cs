using Faxbot.Sdk.Outcomes;

namespace Faxbot.Sdk.Calls;

/// <summary>The record with which every call ends. It claims no more than was seen: that a recording was played, and never that somebody listened.</summary>
public sealed record CallOutcome
{
    /// <summary>
    /// What became of it: <see cref="OutcomeClass.Success"/> when it was answered and all was played, <see cref="OutcomeClass.Partial"/> when the far end hung up
    /// before that.
    /// </summary>
    public required OutcomeClass Class { get; init; }

    /// <summary>Who failed.</summary>
    public required OutcomeParty Party { get; init; }

    /// <summary>Whether the call was answered, by a person or a machine; null when it cannot be told.</summary>
    public required bool? Answered { get; init; }

    /// <summary>How much of the recording went out after the answer.</summary>
    public TimeSpan Played { get; init; }

    /// <summary>How long the recording is.</summary>
    public TimeSpan Length { get; init; }

    /// <summary>One plain sentence for people; names no number and no person.</summary>
    public required string Sentence { get; init; }

    /// <summary>What happens next or what to do; empty after success.</summary>
    public string Next { get; init; } = "";

    /// <summary>The final SIP status, where there was one.</summary>
    public int? SipStatus { get; init; }

    /// <summary>The Q.850 cause, where one was given.</summary>
    public int? Q850Cause { get; init; }

    /// <summary>The raw answer of the trunk or provider, such as <c>486 Busy Here</c>.</summary>
    public string? ProviderCode { get; init; }

    /// <summary>How a call ended that was never answered, by what its dialling came to.</summary>
    /// <param name="dialling">How the dialling ended.</param>
    /// <param name="length">How long the recording is.</param>
    public static CallOutcome NotAnswered(FaxOutcome dialling, TimeSpan length)
    {
        ArgumentNullException.ThrowIfNull(dialling);
        return new CallOutcome
        {
            Class = dialling.Class,
            Party = dialling.Party,
            Answered = dialling.Class == OutcomeClass.Unknown ? null : false,
            Length = length,
            Sentence = dialling.Sentence,
            Next = dialling.Next,
            SipStatus = dialling.SipStatus,
            Q850Cause = dialling.Q850Cause,
            ProviderCode = dialling.ProviderCode,
        };
    }
}
