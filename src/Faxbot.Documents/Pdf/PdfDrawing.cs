using System.Drawing;
using Faxbot.Documents.Confinement;
using Faxbot.Documents.Grey;

namespace Faxbot.Documents.Pdf;

/// <summary>One run of the renderer: pages come out of it in order.</summary>
internal sealed class PdfDrawing : IDisposable
{
    private readonly PdfRenderer _renderer;
    private readonly ConfinedProcess _process;
    private readonly CancellationToken _cancel;
    private readonly CancellationTokenRegistration _killing;
    private readonly PgmReader _reader;

    public PdfDrawing(PdfRenderer renderer, ConfinedProcess process, PdfRun run, CancellationToken cancel)
    {
        (_renderer, _process, Run, Next, _cancel) = (renderer, process, run, run.First, cancel);
        _killing = cancel.Register(process.Kill);
        _reader = new PgmReader(process.Output);
    }

    /// <summary>What is drawn.</summary>
    public PdfRun Run { get; }

    /// <summary>The page that <see cref="ReadPage"/> reads next, counted from 0.</summary>
    public int Next { get; private set; }

    /// <summary>Reads the next page into its place.</summary>
    /// <returns>The pixels that it covers.</returns>
    public Rectangle ReadPage(GreyPage page, PageFit fit)
    {
        try
        {
            if (!_reader.TryReadHeader(out var width, out var height)) throw _renderer.Failure(_process, Next + 1, _cancel);
            Next++;
            var (across, down) = Run.IsTurned ? (height, width) : (width, height);
            var room = new Rectangle(0, fit.Content.Top, page.Width, page.Height - fit.Content.Top);
            if (across > room.Width || down > room.Height) return ReadTooLarge(page, room, width, height);
            var place = new Rectangle((page.Width - across) / 2, room.Top, across, down);
            if (!Run.IsTurned)
            {
                _reader.ReadPage(page, place.Left, place.Top, width, height);
                return place;
            }

            using var lying = new GreyPage(width, height);
            _reader.ReadPage(lying, 0, 0, width, height);
            GreyTurn.Left(lying, page, place.Left, place.Top);
            return place;
        }
        catch (IOException)
        {
            throw _renderer.Failure(_process, Next, _cancel);
        }
        catch (InvalidDataException)
        {
            throw _renderer.Nonsense(Next);
        }
    }

    /// <summary>Waits for the renderer's end after its last page.</summary>
    public void End()
    {
        // More than was asked for is not read: whatever writes it may go on for ever.
        if (_process.Output.ReadByte() >= 0) _process.Kill();
        _renderer.Note(_process.WaitForEnd().Error);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _killing.Dispose();
        _process.Dispose();
    }

    // A page that is not as large as the document said: it is reduced, so that nothing is cut.
    private Rectangle ReadTooLarge(GreyPage page, Rectangle room, int width, int height)
    {
        if ((long)width * height > _renderer.MaxPagePixels) throw _renderer.PageTooLarge(Next);
        using var whole = new GreyPage(width, height);
        _reader.ReadPage(whole, 0, 0, width, height);
        var upright = whole;
        if (Run.IsTurned)
        {
            upright = new GreyPage(height, width);
            GreyTurn.Left(whole, upright, 0, 0);
        }

        using (upright)
        {
            var scale = Math.Min((double)room.Width / upright.Width, (double)room.Height / upright.Height);
            var (across, down) = (Math.Max(1, (int)(upright.Width * scale)), Math.Max(1, (int)(upright.Height * scale)));
            var place = new Rectangle((page.Width - across) / 2, room.Top, across, down);
            var scaler = new GreyScaler(upright.Width, upright.Height, page, place);
            for (var y = 0; y < upright.Height; y++) scaler.Add(upright.Row(y));
            return place;
        }
    }
}
