namespace Faxbot.Server.Jobs;

/// <summary>Something that happened to a fax.</summary>
/// <param name="Id">Rises; a gap means nothing.</param>
/// <param name="FaxId">The fax.</param>
/// <param name="KeyId">Its owner.</param>
/// <param name="At">When.</param>
/// <param name="Type">Such as <c>fax.queued</c>, <c>fax.page_confirmed</c>, <c>fax.failed</c>.</param>
/// <param name="Data">More, as a JSON object without personal data.</param>
internal sealed record JobEvent(long Id, string FaxId, string KeyId, DateTimeOffset At, string Type, string Data);
