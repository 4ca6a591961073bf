namespace Faxbot.Lines.Asterisk.Configuration;

/// <summary>A value that Asterisk's configuration cannot hold.</summary>
/// <param name="Section">The section, which is named after a plugin.</param>
/// <param name="Key">The key.</param>
/// <param name="Reason">Why not, in a sentence that does not show the value.</param>
public sealed record ConfProblem(string Section, string Key, string Reason);
