namespace Faxbot.Client.Faxes;

/// <summary>Some faxes, newest first.</summary>
/// <param name="Total">How many there are in all.</param>
/// <param name="Jobs">Those that were asked for.</param>
public sealed record FaxList(long Total, IReadOnlyList<SentFax> Jobs);
