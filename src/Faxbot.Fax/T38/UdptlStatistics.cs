namespace Faxbot.Fax.T38;

/// <summary>What a receiver has seen, in datagrams or packets.</summary>
/// <param name="Datagrams">Well-formed datagrams.</param>
/// <param name="Malformed">Datagrams that could not be read.</param>
/// <param name="Duplicates">Datagrams whose packet had been seen or given up before.</param>
/// <param name="Recovered">Packets that came by redundancy or parity.</param>
/// <param name="Lost">Packets lost for good.</param>
/// <param name="Restarts">New counts of the far end.</param>
public readonly record struct UdptlStatistics(int Datagrams, int Malformed, int Duplicates, int Recovered, int Lost, int Restarts);
