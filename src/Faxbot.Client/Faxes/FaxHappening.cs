using System.Text.Json;

namespace Faxbot.Client.Faxes;

/// <summary>Something that happened to a fax.</summary>
/// <param name="Id">Rises; reading goes on after it.</param>
/// <param name="Type">Such as <c>fax.page_confirmed</c>.</param>
/// <param name="Data">More.</param>
public sealed record FaxHappening(string Id, string Type, JsonElement Data);
