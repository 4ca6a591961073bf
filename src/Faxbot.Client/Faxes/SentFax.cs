namespace Faxbot.Client.Faxes;

/// <summary>A fax as the gateway tells it.</summary>
public sealed record SentFax
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Who receives.</summary>
    public required string To { get; init; }

    /// <summary>Who sends.</summary>
    public string? From { get; init; }

    /// <summary><c>queued</c>, <c>in_progress</c>, <c>SUCCESS</c> or <c>FAILED</c>.</summary>
    public required string Status { get; init; }

    /// <summary>The finer state: <c>queued</c>, <c>preparing</c>, <c>submitting</c>, <c>in_progress</c>, <c>success</c>, <c>failed</c>, <c>cancelled</c>, <c>unknown</c>.</summary>
    public string State { get; init; } = "";

    /// <summary>Why it failed.</summary>
    public string? Error { get; init; }

    /// <summary>Pages of the document, once it was drawn.</summary>
    public int? Pages { get; init; }

    /// <summary>Pages that the far end confirmed.</summary>
    public int PagesConfirmed { get; init; }

    /// <summary>The plugin that carries it.</summary>
    public string Backend { get; init; } = "";

    /// <summary>How the last attempt ended.</summary>
    public FaxEnd? Outcome { get; init; }

    /// <summary>What happens next, or what to do.</summary>
    public string? Next { get; init; }

    /// <summary>Calls that were placed.</summary>
    public int Dials { get; init; }

    /// <summary>The earliest instant of the next attempt.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When it was accepted.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When something last happened to it.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Whether its state never changes any more.</summary>
    public bool IsFinal => State is "success" or "failed" or "cancelled";
}

/// <summary>How an attempt ended.</summary>
/// <param name="Class">Such as <c>success</c>, <c>busy</c>, <c>partial</c>.</param>
/// <param name="Phase">Where in the call.</param>
/// <param name="Party">Who failed.</param>
/// <param name="Sentence">The same for people.</param>
public sealed record FaxEnd(string Class, string Phase, string Party, string Sentence)
{
    /// <summary>The SIP status that decided.</summary>
    public int? SipStatus { get; init; }

    /// <summary>The T.30 frame or timer that decided.</summary>
    public string? T30Code { get; init; }

    /// <summary>Pages that may have been printed although they were not confirmed.</summary>
    public int PagesPerhapsPrinted { get; init; }
}
