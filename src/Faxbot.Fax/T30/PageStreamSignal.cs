namespace Faxbot.Fax.T30;

/// <summary>A page without error correction: its T.4 code as it stands.</summary>
internal sealed class PageStreamSignal(CodedPage page, Modulation modulation, bool shortTraining) : StreamSignal(modulation, shortTraining)
{
    public override int Read(Span<byte> destination) => page.Read(destination);
}
