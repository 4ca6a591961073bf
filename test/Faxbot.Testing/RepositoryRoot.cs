namespace Faxbot.Testing;

/// <summary>The folder that holds <c>Faxbot.slnx</c>, found upwards from the running test's assembly.</summary>
public static class RepositoryRoot
{
    /// <summary>Absolute path, without a separator at its end.</summary>
    public static string FullPath { get; } = Find();

    /// <summary>The absolute path of something in the repository: <c>RepositoryRoot.Of("samples", "letter.pdf")</c>.</summary>
    public static string Of(params ReadOnlySpan<string> parts) => Path.Combine([FullPath, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Faxbot.slnx"))) return folder.FullName.TrimEnd('/');
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds Faxbot.slnx: run the tests from a clone.");
    }
}
