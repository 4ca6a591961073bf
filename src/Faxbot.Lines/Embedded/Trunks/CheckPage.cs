using Faxbot.Imaging.Pages;

namespace Faxbot.Lines.Embedded.Trunks;

/// <summary>The page of a trunk's check: a black bar on white, a few seconds of air time.</summary>
internal sealed class CheckPage : IFaxDocument
{
    private const int Rows = 200;

    public int PageCount => 1;

    public IPageReader OpenPage(int index) => new Reader();

    public void Dispose()
    {
    }

    private sealed class Reader : IPageReader
    {
        private int _row;

        public PageFormat Format => new(1728, FaxResolution.Standard);

        public bool TryReadRow(Span<byte> row)
        {
            if (_row == Rows) return false;
            row[..Format.Stride].Clear();
            if (_row is > Rows / 4 and < Rows / 2) row[(Format.Stride / 4)..(Format.Stride / 2)].Fill(0xFF);
            _row++;
            return true;
        }

        public void Dispose()
        {
        }
    }
}
