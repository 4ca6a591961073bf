using Faxbot.Sdk.Outcomes;

namespace Faxbot.Cli;

/// <summary>Exit codes for scripts; <c>faxbot --help</c> lists them.</summary>
internal static class ExitCode
{
    /// <summary>Every page was confirmed.</summary>
    public const int Delivered = 0;

    /// <summary>Nothing was delivered; trying again may help.</summary>
    public const int NotDelivered = 1;

    /// <summary>The command, a file or an address is wrong.</summary>
    public const int BadInput = 2;

    /// <summary>Some pages were confirmed, not all.</summary>
    public const int PartlyDelivered = 3;

    /// <summary>It is not known whether the last page arrived.</summary>
    public const int Unknown = 4;

    /// <summary>Ended by Ctrl-C or a signal.</summary>
    public const int Interrupted = 130;

    /// <summary>The code of an outcome.</summary>
    public static int Of(FaxOutcome outcome) => outcome switch
    {
        { Class: OutcomeClass.Success } => Delivered,
        { Class: OutcomeClass.Unknown } => Unknown,
        { PagesConfirmed: > 0 } => PartlyDelivered,
        { Class: OutcomeClass.Rejected, Party: OutcomeParty.Number or OutcomeParty.Document } => BadInput,
        _ => NotDelivered,
    };
}
