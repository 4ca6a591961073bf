using System.Globalization;

namespace Faxbot.Documents.Pdf;

/// <summary>Listens to what pdftoppm says while it draws: "page last-page file" after each page, which tells how many there are.</summary>
internal sealed class PdfProgress
{
    private readonly TaskCompletionSource<int?> _pageCount = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Takes a line of its standard error.</summary>
    /// <returns>Whether it was about progress and is of no further interest.</returns>
    public bool Take(string line)
    {
        var parts = line.Split(' ');
        if (parts.Length < 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out _)) return false;
        if (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var last)) return false;
        _pageCount.TrySetResult(last);
        return true;
    }

    /// <summary>No more lines will come.</summary>
    public void End() => _pageCount.TrySetResult(null);

    /// <summary>The last page's number, as soon as it is known; null when the program ended without saying it.</summary>
    public int? WaitForPageCount() => _pageCount.Task.GetAwaiter().GetResult();
}
