using System.Globalization;
using Faxbot.Documents.Export;
using Faxbot.Imaging.Tiff;
using Faxbot.Lines;

namespace Faxbot.Cli.Calls;

/// <summary>Pages of one incoming call in a folder: TIFF-F while they come, a PDF when the call is over.</summary>
internal sealed class ReceivedFax
{
    private readonly string _name;
    private readonly string _folder;

    /// <summary>Prepares a file with a name that no other call has.</summary>
    /// <exception cref="IOException">It cannot be created.</exception>
    public ReceivedFax(string folder, DateTimeOffset at)
    {
        _folder = folder;
        for (var number = 1; ; number++)
        {
            _name = string.Create(CultureInfo.InvariantCulture, $"fax-{at:yyyyMMdd-HHmmss}{(number == 1 ? "" : $"-{number}")}");
            if (File.Exists(PdfPath) || File.Exists(TiffPath)) continue;
            try
            {
                Pages = new ReceivedTiff(TiffPath);
                return;
            }
            catch (IOException) when (File.Exists(TiffPath))
            {
                // Another call took the name between the look and the creation.
            }
        }
    }

    /// <summary>Where pages go.</summary>
    public ReceivedTiff Pages { get; }

    /// <summary>The PDF.</summary>
    public string PdfPath => Path.Combine(_folder, _name + ".pdf");

    private string TiffPath => Path.Combine(_folder, _name + ".tif");

    /// <summary>Makes the PDF of the pages that were kept; null when there are none. Call it once the call is over.</summary>
    public string? Finish(DateTimeOffset at)
    {
        if (!File.Exists(TiffPath)) return null;
        var error = TiffFaxDocument.TryOpen(TiffPath, out var document);
        if (error != TiffError.None) throw new InvalidOperationException($"{TiffPath} cannot be read back: {error.Describe()}");
        using (document)
        using (var pdf = new FileStream(PdfPath, FileMode.CreateNew))
        {
            FaxPdfWriter.Write(document!, pdf, new PdfWriteOptions { Created = at });
        }

        File.Delete(TiffPath);
        return PdfPath;
    }
}
