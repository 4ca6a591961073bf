using System.Globalization;
using System.Text;
using Faxbot.Documents.Confinement;

namespace Faxbot.Documents.Pdf;

/// <summary>poppler's programs on one PDF, which lies alone in a private folder.</summary>
internal sealed class PdfRenderer : IDisposable
{
    private const string FileName = "input.pdf";
    private const string OutputBuffer = "/usr/bin/stdbuf";
    private const double PointsPerInch = 72;
    private const int LongestInspection = 1 << 20;
    private const int MostWarnings = 3;
    private const string UnwritableFontIndex = "No writable cache directories"; // It may write no file: so it is meant.
    private const int KilledByProcessorTime = 128 + 24, Killed = 128 + 9;

    private readonly string _name;
    private readonly RenderOptions _options;
    private readonly PrivateFolder _folder;
    private readonly List<string> _warnings = [];

    /// <summary>Takes a copy of the file.</summary>
    public PdfRenderer(string name, Stream content, RenderOptions options)
    {
        (_name, _options) = (name, options);
        Level = CheckedLevel(name, options.Renderer);
        _folder = new PrivateFolder(options.TempFolder);
        try
        {
            _folder.Put(FileName, content);
        }
        catch
        {
            _folder.Dispose();
            throw;
        }
    }

    /// <summary>How the programs are confined.</summary>
    public ConfinementLevel Level { get; }

    /// <summary>The first lines that the programs complained in.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>The largest page that is read at all.</summary>
    public long MaxPagePixels => _options.Limits.ImagePixels;

    /// <summary>Asks for the size of one page, in inches.</summary>
    /// <param name="index">Counted from 0.</param>
    /// <param name="cancel">Stops it.</param>
    public (double Width, double Height) ReadPageSize(int index, CancellationToken cancel)
    {
        var page = (index + 1).ToString(CultureInfo.InvariantCulture);
        using var process = Start(_options.Renderer.PdfInfo, ["-f", page, "-l", page, FileName]);
        using var killing = cancel.Register(process.Kill);
        var text = ReadText(process.Output) ?? throw Corrupt(index + 1);
        var (exitCode, error) = process.WaitForEnd();
        cancel.ThrowIfCancellationRequested();
        if (exitCode != 0) throw FailureOf(exitCode, error, index + 1);
        return PdfInspection.TryParse(text, index + 1) is var (width, height) ? (width / PointsPerInch, height / PointsPerInch) : throw Corrupt(index + 1);
    }

    /// <summary>Begins to draw pages.</summary>
    public PdfDrawing Draw(PdfRun run, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var (program, arguments) = WithLargeWrites(_options.Renderer.PdfToPpm, run.Arguments(FileName));
        var progress = new PdfProgress();
        return new PdfDrawing(this, Start(program, arguments, progress), progress, run, cancel);
    }

    /// <summary>Waits for the end of a program whose output was read to its end, and sees that it was a good one.</summary>
    public void CheckEnd(ConfinedProcess process, int page)
    {
        var (exitCode, error) = process.WaitForEnd();
        if (exitCode != 0) throw FailureOf(exitCode, error, page);
        CheckComplaints(error, page, permitted: 0);
    }

    /// <summary>Sees that nothing was left out of the pages for want of memory: the program goes on without saying so by its exit code.</summary>
    /// <param name="error">What it wrote to its standard error.</param>
    /// <param name="page">The last page that was read.</param>
    /// <param name="permitted">How often it may have lacked memory for what was not read.</param>
    public void CheckComplaints(string error, int page, int permitted)
    {
        if (error.Split('\n').Count(IsOutOfMemory) > permitted) throw FailureOf(0, error, page);
        Note(error);
    }

    /// <summary>Keeps the first complaints of a program that did its work all the same.</summary>
    public void Note(string error)
    {
        foreach (var line in error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (line.Contains(UnwritableFontIndex, StringComparison.Ordinal)) continue;
            if (_warnings.Count < MostWarnings && !_warnings.Contains(line)) _warnings.Add(line);
        }
    }

    /// <summary>Why the pages have stopped coming.</summary>
    public Exception Failure(ConfinedProcess process, int page, CancellationToken cancel)
    {
        // It closed its output; what it has to say about it comes with its end.
        var (exitCode, error) = process.WaitForEnd();
        return cancel.IsCancellationRequested ? new OperationCanceledException(cancel) : FailureOf(exitCode, error, page);
    }

    /// <summary>The error for output that is no page.</summary>
    public DocumentException Nonsense(int page) => Corrupt(page);

    /// <summary>The error for a document of too many pages.</summary>
    public DocumentException TooManyPages() => new(DocumentErrorClass.TooManyPages,
        $"{_name} brings the fax to more than the {_options.Limits.Pages} pages that are allowed. Send it in parts.");

    /// <summary>The error for a page of more pixels than are read.</summary>
    public DocumentException PageTooLarge(int page) =>
        new(DocumentErrorClass.TooLarge, $"Page {page} of {_name} is larger than is allowed. Reduce it to A3 or less.");

    /// <inheritdoc />
    public void Dispose() => _folder.Dispose();

    // By itself the program writes 4 KiB at a time, and the pipe then costs both ends more than all that is done with the pages.
    private static (string Program, IReadOnlyList<string> Arguments) WithLargeWrites(string program, IReadOnlyList<string> arguments) =>
        File.Exists(OutputBuffer) ? (OutputBuffer, ["--output=65536", program, .. arguments]) : (program, arguments);

    private static ConfinementLevel CheckedLevel(string name, RendererOptions renderer)
    {
        foreach (var program in (string[])[renderer.PdfToPpm, renderer.PdfInfo])
        {
            if (!File.Exists(program))
            {
                throw new DocumentException(DocumentErrorClass.RendererMissing,
                    $"{name} is a PDF, and {program}, which draws PDF, is not installed. Install the package poppler-utils.");
            }
        }

        var strongest = HostConfinement.Strongest ?? throw new DocumentException(DocumentErrorClass.RendererMissing,
            $"{name} is a PDF, and the programs that confine its renderer ({string.Join(", ", ConfinedCommand.Needed)}) are not installed. Install the package util-linux.");
        var level = strongest < renderer.MostConfinement ? strongest : renderer.MostConfinement;
        if (level >= renderer.LeastConfinement) return level;
        throw new DocumentException(DocumentErrorClass.RendererMissing,
            $"{name} is a PDF, and this machine permits its renderer no more confinement than {level}, where {renderer.LeastConfinement} is required. "
            + "Install the package bubblewrap, or permit user namespaces.");
    }

    private ConfinedProcess Start(string program, IReadOnlyList<string> arguments, PdfProgress? progress = null) => ConfinedProcess.Start(
        new ConfinedCommand(program, arguments, _folder.FullPath, _options.Limits.ProcessorTime, _options.Limits.MemoryOctets), Level,
        progress is null ? null : progress.Take, progress is null ? null : progress.End);

    private static string? ReadText(Stream stream)
    {
        using var text = new MemoryStream();
        var buffer = new byte[16 << 10];
        int read;
        while ((read = stream.Read(buffer)) > 0)
        {
            if (text.Length + read > LongestInspection) return null;
            text.Write(buffer, 0, read);
        }

        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    private DocumentException FailureOf(int exitCode, string error, int page)
    {
        if (error.Contains("Incorrect password", StringComparison.Ordinal))
            return new DocumentException(DocumentErrorClass.Encrypted, $"{_name} is protected by a password. Save it without one and send that.");
        if (error.Contains("Wrong page range", StringComparison.Ordinal)) return NoPages();
        if (exitCode is KilledByProcessorTime or Killed)
        {
            return new DocumentException(DocumentErrorClass.TimeLimit,
                $"{_name} takes longer to draw than the {_options.Limits.ProcessorTime.TotalSeconds:0} seconds of processor time that are allowed"
                + $"{AtPage(page)}. Print it to a new PDF, or send it in parts.");
        }

        if (IsOutOfMemory(error))
        {
            return new DocumentException(DocumentErrorClass.MemoryLimit,
                $"{_name} takes more memory to draw than the {_options.Limits.MemoryOctets >> 20} MiB that are allowed{AtPage(page)}. Print it to a new PDF, or send it in parts.");
        }

        Note(error);
        return exitCode > 128
            ? new DocumentException(DocumentErrorClass.Corrupt, $"{_name} makes its renderer crash{AtPage(page)}. Print it to a new PDF and send that.")
            : Corrupt(page);
    }

    private static bool IsOutOfMemory(string error) =>
        error.Contains("memory", StringComparison.OrdinalIgnoreCase) || error.Contains("bad_alloc", StringComparison.Ordinal);

    private DocumentException NoPages() => new(DocumentErrorClass.NoPages, $"{_name} has no page. Check that it is the right file.");

    private DocumentException Corrupt(int page = 0) => new(DocumentErrorClass.Corrupt,
        $"{_name} is damaged{AtPage(page)}{(_warnings.Count > 0 ? $" ({_warnings[0]})" : string.Empty)}. Open it in a viewer, print it to a new PDF and send that.");

    private static string AtPage(int page) => page > 0 ? $", at page {page}" : string.Empty;
}
