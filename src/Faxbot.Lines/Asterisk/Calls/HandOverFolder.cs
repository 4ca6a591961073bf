using Faxbot.Imaging.Pages;
using Faxbot.Imaging.Tiff;

namespace Faxbot.Lines.Asterisk.Calls;

/// <summary>The folder that the gateway and an Asterisk share: <c>out</c> for faxes to be sent, <c>in</c> for received ones. Thread-safe.</summary>
internal sealed class HandOverFolder(AsteriskServer server)
{
    private const int SendableWidth = 1728;
    private const string Extension = ".tif";
    private const string Unfinished = ".part";

    private string In => Path.Combine(server.FolderHere, "in");

    private string Out => Path.Combine(server.FolderHere, "out");

    /// <summary>Whether Asterisk can send these pages: its T.30 engine takes none wider than 215 mm.</summary>
    public static bool CanSend(IFaxDocument document, int firstPage)
    {
        for (var index = firstPage; index < document.PageCount; index++)
        {
            using var page = document.OpenPage(index);
            if (page.Format.Width != SendableWidth) return false;
        }

        return true;
    }

    /// <summary>Makes the folders, if they are not there; null when they are, else why they cannot be.</summary>
    public string? TryCreate()
    {
        try
        {
            Directory.CreateDirectory(In);
            Directory.CreateDirectory(Out);
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return $"The hand-over folder {server.FolderHere} of Asterisk {server.Name} cannot be written: {refused.Message}";
        }
    }

    /// <summary>The file of an attempt as Asterisk sees it.</summary>
    public string ThereOf(string attemptId) => $"{server.FolderThere.TrimEnd('/')}/out/{attemptId}{Extension}";

    /// <summary>Writes the pages of an attempt from <paramref name="firstPage"/> on; its group, which is Asterisk's, may read them.</summary>
    /// <exception cref="IOException">The folder cannot be written; also <see cref="UnauthorizedAccessException"/>.</exception>
    public void Write(string attemptId, IFaxDocument document, int firstPage)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        var part = HereOf(attemptId) + Unfinished;
        using (var file = new FileStream(part, options))
        {
            using (var writer = new TiffFaxWriter(file, leaveOpen: true))
            {
                for (var index = firstPage; index < document.PageCount; index++) CopyPage(document, index, writer);
                writer.Complete();
            }

            file.Flush(flushToDisk: true);
        }

        File.Move(part, HereOf(attemptId), overwrite: true);
    }

    /// <summary>Deletes the pages of an attempt. Where the folder is away, they stay until <see cref="HandedOver"/> names them.</summary>
    public void Delete(string attemptId)
    {
        try
        {
            File.Delete(HereOf(attemptId));
            File.Delete(HereOf(attemptId) + Unfinished);
        }
        catch (Exception away) when (away is IOException or UnauthorizedAccessException)
        {
            // The next look through the folder tries again.
        }
    }

    /// <summary>The attempts whose pages are there, and since when.</summary>
    public IReadOnlyList<(string AttemptId, DateTimeOffset Written)> HandedOver() =>
        [.. Files(Out).Select(file => (file.Name.Split('.')[0], (DateTimeOffset)file.LastWriteTimeUtc)).DistinctBy(file => file.Item1)];

    /// <summary>The calls that received something.</summary>
    public IReadOnlyList<string> Received() =>
        [.. Files(In).Where(file => file.Extension == Extension).Select(file => Path.GetFileNameWithoutExtension(file.Name))];

    /// <summary>The file of a call that received as this machine sees it.</summary>
    public string ReceivedFile(string uniqueId) => Path.Combine(In, uniqueId + Extension);

    /// <summary>Deletes the file of a call that received; false where it cannot be.</summary>
    public bool DeleteReceived(string uniqueId)
    {
        try
        {
            File.Delete(ReceivedFile(uniqueId));
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static FileInfo[] Files(string folder)
    {
        try
        {
            return new DirectoryInfo(folder).GetFiles();
        }
        catch (Exception away) when (away is IOException or UnauthorizedAccessException)
        {
            // Not there yet, or away for a while: there is nothing to be seen.
            return [];
        }
    }

    private static void CopyPage(IFaxDocument document, int index, TiffFaxWriter writer)
    {
        using var page = document.OpenPage(index);
        var row = new byte[page.Format.Stride];
        writer.BeginPage(page.Format, FaxCoding.Mmr);
        while (page.TryReadRow(row)) writer.WriteRow(row);
        writer.EndPage();
    }

    private string HereOf(string attemptId) => Path.Combine(Out, attemptId + Extension);
}
