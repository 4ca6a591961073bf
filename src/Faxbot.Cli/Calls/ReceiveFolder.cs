namespace Faxbot.Cli.Calls;

/// <summary>The folder that received faxes go to.</summary>
internal static class ReceiveFolder
{
    /// <summary>Makes the folder if need be and sees that a file can be written there.</summary>
    /// <exception cref="BadInputException">It cannot.</exception>
    public static void Check(string folder) => Begin(folder).Pages.Dispose();

    /// <summary>Makes the folder if need be and a file for one fax in it.</summary>
    /// <exception cref="BadInputException">It cannot be written.</exception>
    public static ReceivedFax Begin(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return new ReceivedFax(folder, TimeProvider.System.GetLocalNow());
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"--out {folder}: {refused.Message}");
        }
    }
}
