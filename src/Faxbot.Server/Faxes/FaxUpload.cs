using Faxbot.Server.Content;

namespace Faxbot.Server.Faxes;

/// <summary>What a request to send brought: its fields, and its document, which goes with it unless it is committed.</summary>
/// <param name="Fields">By name; a field that came twice has its last value.</param>
/// <param name="Document">The document; null when none came.</param>
/// <param name="Digest">Of the document's octets.</param>
internal sealed record FaxUpload(IReadOnlyDictionary<string, string> Fields, StagedContent? Document, byte[] Digest) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Document?.DisposeAsync() ?? ValueTask.CompletedTask;
}
