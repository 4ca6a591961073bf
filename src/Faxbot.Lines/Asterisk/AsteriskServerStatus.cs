namespace Faxbot.Lines.Asterisk;

/// <summary>How a server of an <see cref="AsteriskLine"/> does.</summary>
/// <param name="Name">The server.</param>
/// <param name="IsUsable">Whether calls can be placed over it.</param>
/// <param name="Problem">Why not, in a sentence with what to check; null while it is usable and before the first attempt to connect ended.</param>
/// <param name="Calls">The calls that are up over it.</param>
public sealed record AsteriskServerStatus(string Name, bool IsUsable, string? Problem, int Calls);
