namespace Faxbot.Server.Jobs;

/// <summary>The right of one gateway to work on one fax until it ends. Each write names it and is refused when another has the fax.</summary>
/// <param name="FaxId">The fax.</param>
/// <param name="Gateway">Who has it.</param>
/// <param name="Number">Rises with each claim of that fax.</param>
internal sealed record JobLease(string FaxId, string Gateway, long Number);
