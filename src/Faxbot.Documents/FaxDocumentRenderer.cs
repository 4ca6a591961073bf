using Faxbot.Documents.Confinement;

namespace Faxbot.Documents;

/// <summary>
/// Turns documents (PDF, TIFF, PNG, JPEG, UTF-8 text) into fax pages: one TIFF-F file, MMR, all pages in one raster. Pages go out as
/// they are drawn and only one is held. PDF is drawn by poppler in a confined process, the rest in this one; nothing is left behind but
/// the finished file. Thread-safe: each call works by itself, on a thread of its own.
/// </summary>
/// <param name="time">The clock of the time limits; the system's when null.</param>
public sealed class FaxDocumentRenderer(TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>How far this machine permits PDF renderers to be confined; null where the programs that confine are not installed. Found out once.</summary>
    public static ConfinementLevel? HostConfinement => Confinement.HostConfinement.Strongest;

    /// <summary>Renders into a file, which appears when all pages are in it; one that is there is replaced.</summary>
    /// <param name="documents">In the order of their pages.</param>
    /// <param name="outputPath">The TIFF-F file.</param>
    /// <param name="options">Defaults: fine, all chosen by the document, no header.</param>
    /// <param name="cancel">Ends the rendering, and the renderer's process, at once.</param>
    /// <returns>The pages, or the error. Expected trouble with documents is never thrown.</returns>
    /// <exception cref="ArgumentException">No document.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<RenderOutcome> RenderAsync(
        IReadOnlyList<DocumentFile> documents, string outputPath, RenderOptions? options = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(outputPath);
        var folder = Path.GetDirectoryName(Path.GetFullPath(outputPath))!;
        var partial = Path.Combine(folder, $".{Path.GetFileName(outputPath)}.{Guid.NewGuid():N}");
        try
        {
            RenderOutcome outcome;
            using (var output = new FileStream(partial, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0))
                outcome = await RenderAsync(documents, output, options, cancel).ConfigureAwait(false);
            if (outcome.Error is null) File.Move(partial, outputPath, overwrite: true);
            return outcome;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new RenderOutcome { Error = new DocumentError(DocumentErrorClass.OutputFailed, $"{outputPath} cannot be written: {e.Message}") };
        }
        finally
        {
            if (File.Exists(partial)) File.Delete(partial);
        }
    }

    /// <summary>Renders into a stream, from its position on. On an error the stream holds the pages before it, or none.</summary>
    /// <param name="documents">In the order of their pages.</param>
    /// <param name="output">Seekable and writable; stays open.</param>
    /// <param name="options">Defaults: fine, all chosen by the document, no header.</param>
    /// <param name="cancel">Ends the rendering, and the renderer's process, at once.</param>
    /// <returns>The pages, or the error. Expected trouble with documents is never thrown.</returns>
    /// <exception cref="ArgumentException">No document, or a stream that cannot seek or write.</exception>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<RenderOutcome> RenderAsync(
        IReadOnlyList<DocumentFile> documents, Stream output, RenderOptions? options = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(output);
        if (documents.Count == 0) throw new ArgumentException("There is no document to render.", nameof(documents));
        // A thread of its own: it reads the renderer's output as fast as that comes, and the renderer dies with the thread that began it.
        return Task.Factory.StartNew(
            () =>
            {
                using var rendering = new Rendering(documents, output, options ?? new RenderOptions(), _time);
                return rendering.Run(cancel);
            },
            cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }
}
