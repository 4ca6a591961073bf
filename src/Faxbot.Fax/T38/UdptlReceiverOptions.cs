namespace Faxbot.Fax.T38;

/// <summary>How a <see cref="UdptlReceiver"/> treats what is missing.</summary>
public sealed record UdptlReceiverOptions
{
    /// <summary>
    /// How many datagrams that came after a missing one are held back for it, 0 to 32; one more, and the loss is reported. While the
    /// far end sends parity, its whole reach is waited for.
    /// </summary>
    public int HoldDatagrams { get; init; } = 2;

    /// <summary>A longer datagram is not read: the <c>T38FaxMaxDatagram</c> that was announced, with room for another reading of it.</summary>
    public int MaxDatagram { get; init; } = 2048;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxDatagram, 16, nameof(MaxDatagram));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxDatagram, ushort.MaxValue, nameof(MaxDatagram));
        ArgumentOutOfRangeException.ThrowIfNegative(HoldDatagrams, nameof(HoldDatagrams));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(HoldDatagrams, 32, nameof(HoldDatagrams));
    }
}
