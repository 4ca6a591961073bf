using Faxbot.Testing;
using Faxbot.Testing.Processes;

namespace Faxbot.Cli.Tests;

/// <summary>The command as its users run it: a process of its own.</summary>
internal static class FaxbotCommand
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <summary>The letter of three pages that the README sends.</summary>
    public static string Letter => RepositoryRoot.Of("samples", "letter.pdf");

    /// <summary>Runs it to its end.</summary>
    public static Task<ProcessResult> RunAsync(TempFolder folder, params string[] arguments) => RunAsync(folder, arguments, []);

    /// <summary>Runs it to its end, with variables of its own.</summary>
    public static async Task<ProcessResult> RunAsync(TempFolder folder, string[] arguments, (string Name, string Value)[] environment)
    {
        await DebianPackages.EnsureAsync("poppler-utils", "fonts-dejavu-core");
        return await ProcessRunner.RunAsync("dotnet", [Program, .. arguments], Options(folder, environment));
    }

    /// <summary>Starts it.</summary>
    public static async Task<RunningProcess> StartAsync(TempFolder folder, params string[] arguments)
    {
        await DebianPackages.EnsureAsync("poppler-utils", "fonts-dejavu-core");
        return RunningProcess.Start("dotnet", [Program, .. arguments], Options(folder, []));
    }

    // Beside the tests lies a copy without the gateway's program: it is run from its own folder.
    private static string Program => RepositoryRoot.Of(
        "src", "Faxbot.Cli", "bin", AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug", "net10.0", "faxbot.dll");

    // Its temporary files and received faxes lie in the test's own folder, so that what it leaves behind shows.
    private static ProcessOptions Options(TempFolder folder, (string Name, string Value)[] environment)
    {
        var temp = Directory.CreateDirectory(folder.Of("tmp"));
        var variables = new Dictionary<string, string?> { ["TMPDIR"] = temp.FullName, ["XDG_DATA_HOME"] = folder.Of("data"), ["NO_COLOR"] = "1" };
        foreach (var (name, value) in environment) variables[name] = value;
        return new ProcessOptions { Timeout = Limit, WorkingFolder = folder.FullPath, Environment = variables };
    }
}
