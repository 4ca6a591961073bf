using Faxbot.Lines.Asterisk.Manager;

namespace Faxbot.Lines.Asterisk.Calls;

/// <summary>What a call's machine is told.</summary>
internal abstract record CallInput
{
    private CallInput()
    {
    }

    /// <summary>What became of the action that was to place the call.</summary>
    public sealed record Placed(AmiResult Result) : CallInput;

    /// <summary>Asterisk reports something of the call.</summary>
    public sealed record Happened(AmiMessage Event) : CallInput;

    /// <summary>The connection to Asterisk is gone.</summary>
    public sealed record ConnectionLost : CallInput;

    /// <summary>The connection stands again.</summary>
    public sealed record ConnectionBack : CallInput;

    /// <summary>What was found when Asterisk was asked; null when it could not be.</summary>
    public sealed record Found(CallTrace? Trace) : CallInput;

    /// <summary>The call is to be ended.</summary>
    public sealed record Cancel : CallInput;

    /// <summary>Time has passed.</summary>
    public sealed record Tick : CallInput;
}
