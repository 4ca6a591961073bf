namespace Faxbot.Lines.Asterisk.Manager;

/// <summary>What is read of a server at most.</summary>
internal sealed record AmiLimits
{
    /// <summary>Octets of a line.</summary>
    public int Line { get; init; } = 16 * 1024;

    /// <summary>Header fields of a message.</summary>
    public int Fields { get; init; } = 1_000;

    /// <summary>Octets of a message.</summary>
    public int Message { get; init; } = 256 * 1024;
}
