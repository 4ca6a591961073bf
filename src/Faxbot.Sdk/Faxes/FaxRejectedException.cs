using Faxbot.Sdk.Outcomes;

namespace Faxbot.Sdk.Faxes;

/// <summary>A fax was surely not taken: nothing left. Any other exception out of <c>SendFaxAsync</c> leaves that open.</summary>
public sealed class FaxRejectedException : Exception
{
    /// <summary>With how it ended.</summary>
    public FaxRejectedException(FaxOutcome outcome) : base(outcome?.Sentence) => Outcome = outcome!;

    /// <summary>With a sentence: our own side refused.</summary>
    public FaxRejectedException(string message) : this(message, null)
    {
    }

    /// <summary>With a sentence and what caused it.</summary>
    public FaxRejectedException(string message, Exception? inner) : base(message, inner) =>
        Outcome = new FaxOutcome { Class = OutcomeClass.Rejected, Phase = OutcomePhase.Dial, Party = OutcomeParty.Local, Sentence = message };

    /// <summary>Without words; give some.</summary>
    public FaxRejectedException() : this("The fax was refused.")
    {
    }

    /// <summary>Why.</summary>
    public FaxOutcome Outcome { get; }
}
