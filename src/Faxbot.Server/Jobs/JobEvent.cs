namespace Faxbot.Server.Jobs;

/// <summary>Something that happened to a fax, to an item of the outbox, or that a message came in.</summary>
/// <param name="Id">Rises; a gap means nothing.</param>
/// <param name="Subject">What it happened to.</param>
/// <param name="KeyId">Its owner; empty for what came in.</param>
/// <param name="At">When.</param>
/// <param name="Type">Such as <c>fax.queued</c>, <c>fax.page_confirmed</c>, <c>message.delivered</c>.</param>
/// <param name="Data">More, as a JSON object without personal data.</param>
internal sealed record JobEvent(long Id, EventSubject Subject, string KeyId, DateTimeOffset At, string Type, string Data);

/// <summary>What an event happened to: one of the three.</summary>
/// <param name="FaxId">A fax.</param>
/// <param name="ItemId">An item of the outbox.</param>
/// <param name="ReceivedId">A received message.</param>
internal readonly record struct EventSubject(string? FaxId, string? ItemId, string? ReceivedId)
{
    public string Id => FaxId ?? ItemId ?? ReceivedId ?? "";
}
