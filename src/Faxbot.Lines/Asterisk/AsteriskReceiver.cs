namespace Faxbot.Lines.Asterisk;

/// <summary>Takes what an <see cref="AsteriskLine"/> receives.</summary>
public sealed record AsteriskReceiver
{
    /// <summary>
    /// Stores a fax: it returns true when the fax is stored for good, and the file and Asterisk's record are deleted then; with false it is offered
    /// again later. The same fax may be offered twice when that deletion did not happen: <see cref="ReceivedFax.Id"/> tells.
    /// </summary>
    public required Func<ReceivedFax, CancellationToken, Task<bool>> StoreFaxAsync { get; init; }

    /// <summary>The same for text messages (SIP MESSAGE); null takes none.</summary>
    public Func<ReceivedMessage, CancellationToken, Task<bool>>? StoreMessageAsync { get; init; }
}

/// <summary>A fax that Asterisk received.</summary>
/// <param name="Id">Server and call: no two faxes have the same.</param>
/// <param name="Endpoint">The endpoint that the call came over: a plugin's id. Empty where Asterisk lost its record.</param>
/// <param name="Called">The called number as the endpoint says it.</param>
/// <param name="Calling">The calling number.</param>
/// <param name="FarIdentity">How the sender's machine named itself.</param>
/// <param name="At">When the call came.</param>
/// <param name="File">The TIFF file as this machine sees it. The last page of a call that broke off may be incomplete.</param>
/// <param name="Pages">Pages that were confirmed to the sender; null where the end of the call was not recorded.</param>
/// <param name="IsComplete">Whether the sender ended the fax in order.</param>
public sealed record ReceivedFax(
    string Id, string Endpoint, string Called, string Calling, string? FarIdentity, DateTimeOffset At, string File, int? Pages, bool IsComplete);

/// <summary>A text message that Asterisk received.</summary>
/// <param name="Id">Server and number: no two messages have the same.</param>
/// <param name="Called">The user that it was sent to.</param>
/// <param name="Calling">The user that it came from.</param>
/// <param name="CallingDomain">The domain that it came from.</param>
/// <param name="Text">What it says.</param>
/// <param name="At">When it came.</param>
public sealed record ReceivedMessage(string Id, string Called, string Calling, string CallingDomain, string Text, DateTimeOffset At);
