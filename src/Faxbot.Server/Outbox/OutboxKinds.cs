using System.Collections.Frozen;

namespace Faxbot.Server.Outbox;

/// <summary>The kinds of items, by their words.</summary>
internal sealed class OutboxKinds(IEnumerable<IOutboxKind> kinds)
{
    private readonly FrozenDictionary<string, IOutboxKind> _byWord = kinds.ToFrozenDictionary(kind => kind.Word);

    public IReadOnlyList<IOutboxKind> All => _byWord.Values;

    /// <exception cref="KeyNotFoundException">No kind has that word.</exception>
    public IOutboxKind Of(string word) => _byWord[word];
}
