using Faxbot.Fax.T30;

namespace Faxbot.Testing.Faxes;

/// <summary>One end of a <see cref="TerminalPair"/>: a T.38 terminal in virtual time. For one caller at a time.</summary>
public interface ILinkEnd
{
    /// <summary>Octets of the longest datagram that it sends.</summary>
    int MaxDatagram { get; }

    /// <summary>When <see cref="HandleTimeout"/> is due; null when nothing is.</summary>
    TimeSpan? Deadline { get; }

    /// <summary>Whether its call is over and all is sent.</summary>
    bool IsDone { get; }

    /// <summary>The call begins.</summary>
    void Start(TimeSpan now);

    /// <summary>A datagram came.</summary>
    void HandleDatagram(ReadOnlySpan<byte> datagram, TimeSpan now);

    /// <summary>The deadline is there.</summary>
    void HandleTimeout(TimeSpan now);

    /// <summary>The next datagram to send.</summary>
    bool TryTakeDatagram(Span<byte> datagram, out int length);

    /// <summary>The next thing that happened.</summary>
    bool TryTakeEvent(out FaxEvent? value);
}
