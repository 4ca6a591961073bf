using System.Drawing;
using Faxbot.Documents.Confinement;
using Faxbot.Documents.Grey;

namespace Faxbot.Documents.Pdf;

/// <summary>One run of the renderer: pages come out of it in order, first their size and then their pixels.</summary>
internal sealed class PdfDrawing : IDisposable
{
    private readonly PdfRenderer _renderer;
    private readonly ConfinedProcess _process;
    private readonly PdfProgress _progress;
    private readonly CancellationToken _cancel;
    private readonly CancellationTokenRegistration _killing;
    private readonly PgmReader _reader;

    public PdfDrawing(PdfRenderer renderer, ConfinedProcess process, PdfProgress progress, PdfRun run, CancellationToken cancel)
    {
        (_renderer, _process, _progress, Run, Next, _cancel) = (renderer, process, progress, run, run.First, cancel);
        _killing = cancel.Register(process.Kill);
        _reader = new PgmReader(process.Output);
    }

    /// <summary>What is drawn.</summary>
    public PdfRun Run { get; }

    /// <summary>The page that comes next, counted from 0.</summary>
    public int Next { get; private set; }

    /// <summary>Reads the size of the next page, in pixels as they come.</summary>
    public (int Width, int Height) ReadSize() => Guarded(() =>
    {
        if (!_reader.TryReadHeader(out var width, out var height)) throw new EndOfStreamException();
        return (width, height);
    });

    /// <summary>Reads the page whose size was read, and turns it if need be.</summary>
    /// <returns>The pixels of <paramref name="page"/> that it covers.</returns>
    public Rectangle ReadPage(GreyPage page, int top, int width, int height)
    {
        var content = Guarded(() => ReadInto(page, top, width, height));
        Next++;
        return content;
    }

    /// <summary>How many pages the document has, once one was read; where that is more than were asked for, one more than these.</summary>
    public int CountPages()
    {
        if (_progress.WaitForPageCount() is { } count) return count;
        throw _renderer.Failure(_process, Next, _cancel);
    }

    /// <summary>Waits for the renderer's end after its last page.</summary>
    public void End() => Guarded(() =>
    {
        // More than was asked for is not read: whatever writes it may go on for ever.
        if (_process.Output.ReadByte() >= 0) throw new InvalidDataException();
        _renderer.CheckEnd(_process, Next);
        return 0;
    });

    /// <summary>Ends the renderer before its last page, having seen that the pages read so far were whole.</summary>
    /// <param name="wasTooLarge">The page that was not read was too large for it.</param>
    public void Abandon(bool wasTooLarge)
    {
        if (Next == Run.First) return;
        _process.Kill();
        _renderer.CheckComplaints(_process.WaitForEnd().Error, Next, permitted: wasTooLarge ? 1 : 0);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _killing.Dispose();
        _process.Dispose();
    }

    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (IOException)
        {
            throw _renderer.Failure(_process, Next + 1, _cancel);
        }
        catch (InvalidDataException)
        {
            throw _cancel.IsCancellationRequested ? new OperationCanceledException(_cancel) : _renderer.Nonsense(Next + 1);
        }
    }

    private Rectangle ReadInto(GreyPage page, int top, int width, int height)
    {
        if ((long)width * height > _renderer.MaxPagePixels) throw _renderer.PageTooLarge(Next + 1);
        var (across, down) = Run.IsTurned ? (height, width) : (width, height);
        var room = new Rectangle(0, top, page.Width, page.Height - top);
        var fits = across <= room.Width && down <= room.Height;
        var place = new Rectangle(Math.Max(0, (page.Width - across) / 2), top, across, down);
        if (fits && !Run.IsTurned)
        {
            _reader.ReadPage(page, place.Left, place.Top, width, height);
            return place;
        }

        using var whole = new GreyPage(width, height);
        _reader.ReadPage(whole, 0, 0, width, height);
        if (fits)
        {
            GreyTurn.Left(whole, page, place.Left, place.Top);
            return place;
        }

        return Reduce(whole, page, room);
    }

    // A page that keeps coming out larger than it should be: nothing is cut even so.
    private Rectangle Reduce(GreyPage whole, GreyPage page, Rectangle room)
    {
        using var turned = Run.IsTurned ? new GreyPage(whole.Height, whole.Width) : null;
        if (turned is not null) GreyTurn.Left(whole, turned, 0, 0);
        var upright = turned ?? whole;
        var scale = Math.Min((double)room.Width / upright.Width, (double)room.Height / upright.Height);
        var (across, down) = (Math.Max(1, (int)(upright.Width * scale)), Math.Max(1, (int)(upright.Height * scale)));
        var place = new Rectangle((page.Width - across) / 2, room.Top, across, down);
        var scaler = new GreyScaler(upright.Width, upright.Height, page, place);
        for (var y = 0; y < upright.Height; y++) scaler.Add(upright.Row(y));
        return place;
    }
}
