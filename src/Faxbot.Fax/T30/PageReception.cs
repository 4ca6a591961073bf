using Faxbot.Imaging.T4;

namespace Faxbot.Fax.T30;

/// <summary>A page coming in: coded octets are decoded as they arrive and go on as rows.</summary>
internal sealed class PageReception
{
    private readonly IReceivedPages _pages;
    private readonly FaxDecoder _decoder;
    private readonly byte[] _row;
    private bool _ended;

    public PageReception(IReceivedPages pages, DcsSettings settings, int maxRows)
    {
        _pages = pages;
        _decoder = new FaxDecoder(settings.Coding, settings.Format.Width, new FaxDecoderOptions { MaxRows = maxRows });
        _row = new byte[settings.Format.Stride];
        pages.Begin(settings.Format);
    }

    /// <summary>Coded octets so far.</summary>
    public long OctetCount { get; private set; }

    /// <summary>Rows so far.</summary>
    public int RowCount { get; private set; }

    /// <summary>Damaged rows; each loss of data counts as one at least.</summary>
    public int BadRows => Math.Max(_decoder.BadRows, Gaps);

    /// <summary>How often data was lost on the way.</summary>
    public int Gaps { get; set; }

    /// <summary>The longest sequence of damaged rows.</summary>
    public int LongestBadRun => Math.Max(_decoder.LongestBadRun, Gaps > 0 ? 1 : 0);

    /// <summary>Takes the next coded octets.</summary>
    public void Append(ReadOnlySpan<byte> coded)
    {
        OctetCount += coded.Length;
        _decoder.Append(coded);
        Drain();
    }

    /// <summary>Decodes what is left.</summary>
    public void Complete()
    {
        _decoder.Complete();
        Drain();
    }

    private void Drain()
    {
        while (!_ended)
        {
            switch (_decoder.TryReadRow(_row))
            {
                case RowStatus.Row or RowStatus.BadRow:
                    _pages.WriteRow(_row);
                    RowCount++;
                    break;
                case RowStatus.EndOfPage:
                    _ended = true;
                    break;
                default:
                    return;
            }
        }
    }
}
