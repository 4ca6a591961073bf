using Faxbot.Sdk.Outcomes;

namespace Faxbot.Lines.Asterisk.Calls;

/// <summary>What a call's machine wants done.</summary>
internal abstract record CallOutput
{
    private CallOutput()
    {
    }

    /// <summary>Something happened on the call.</summary>
    public sealed record Report(LineEvent Event) : CallOutput;

    /// <summary>Asterisk is to hang the call up.</summary>
    public sealed record HangUp : CallOutput;

    /// <summary>Asterisk is to be asked what it knows of the call.</summary>
    public sealed record LookUp : CallOutput;

    /// <summary>The call is over. Nothing comes after it.</summary>
    public sealed record End(FaxOutcome Outcome) : CallOutput;
}
