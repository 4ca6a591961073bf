namespace Faxbot.Testing;

/// <summary>One file of the corpus.</summary>
/// <param name="Name">Its file name.</param>
/// <param name="Bytes">Its content.</param>
public sealed record CorpusSample(string Name, byte[] Bytes)
{
    /// <inheritdoc />
    public override string ToString() => Name;
}
