namespace Faxbot.Server.Content;

/// <summary>Content that is stored.</summary>
/// <param name="Id">Its name in the store; equal content has the same.</param>
/// <param name="Octets">How much it is.</param>
/// <param name="Start">Its first 4 KiB at most, to tell what it is.</param>
internal sealed record StoredContent(string Id, long Octets, byte[] Start);
