using Faxbot.Server.Content;

namespace Faxbot.Server.Faxes;

/// <summary>What a request to send brought: its fields, and its document in the content store.</summary>
/// <param name="Fields">By name; a field that came twice has its last value.</param>
/// <param name="Document">The document; null when none came.</param>
/// <param name="Digest">Of the document's octets.</param>
internal sealed record FaxUpload(IReadOnlyDictionary<string, string> Fields, StoredContent? Document, byte[] Digest);
