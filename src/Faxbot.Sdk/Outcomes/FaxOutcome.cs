namespace Faxbot.Sdk.Outcomes;

/// <summary>The record with which every attempt ends. It claims no more than was seen.</summary>
public sealed record FaxOutcome
{
    /// <summary>What became of it.</summary>
    public required OutcomeClass Class { get; init; }

    /// <summary>Where it ended.</summary>
    public required OutcomePhase Phase { get; init; }

    /// <summary>Who failed.</summary>
    public required OutcomeParty Party { get; init; }

    /// <summary>One plain sentence for people; names no number and no person.</summary>
    public required string Sentence { get; init; }

    /// <summary>What happens next or what to do; empty after success.</summary>
    public string Next { get; init; } = "";

    /// <summary>The final SIP status, where there was one.</summary>
    public int? SipStatus { get; init; }

    /// <summary>The Q.850 cause, where one was given.</summary>
    public int? Q850Cause { get; init; }

    /// <summary>The T.30 frame or event that decided, such as <c>RTN</c>, <c>DCN</c> or <c>T1</c>.</summary>
    public string? T30Code { get; init; }

    /// <summary>The raw answer of the trunk or provider, such as <c>486 Busy Here</c>.</summary>
    public string? ProviderCode { get; init; }

    /// <summary>Pages that the far end confirmed.</summary>
    public int PagesConfirmed { get; init; }

    /// <summary>Further pages that may have been printed although they were not confirmed.</summary>
    public int PagesPerhapsPrinted { get; init; }

    /// <summary>Pages of the document.</summary>
    public int PagesTotal { get; init; }

    /// <summary>What carried it.</summary>
    public FaxMedium Medium { get; init; }

    /// <summary>The last rate in use, bits per second.</summary>
    public int? BitRate { get; init; }

    /// <summary>Whether error correction was on.</summary>
    public bool? Ecm { get; init; }

    /// <summary>How the far end named itself. Personal data: never for logs.</summary>
    public string? FarIdentity { get; init; }
}
