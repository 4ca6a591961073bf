using Faxbot.Fax.T30;
using Faxbot.Fax.T38;

namespace Faxbot.Testing.Faxes;

/// <summary>Our terminal at a <see cref="TerminalPair"/>.</summary>
internal sealed class TerminalEnd(T38Terminal terminal) : ILinkEnd
{
    public int MaxDatagram => terminal.MaxDatagram;

    public TimeSpan? Deadline => terminal.Deadline;

    public bool IsDone => terminal.IsDone;

    public void Start(TimeSpan now) => terminal.Start(now);

    public void HandleDatagram(ReadOnlySpan<byte> datagram, TimeSpan now) => terminal.HandleDatagram(datagram, now);

    public void HandleTimeout(TimeSpan now) => terminal.HandleTimeout(now);

    public bool TryTakeDatagram(Span<byte> datagram, out int length) => terminal.TryTakeDatagram(datagram, out length);

    public bool TryTakeEvent(out FaxEvent? value) => terminal.TryTakeEvent(out value);
}
