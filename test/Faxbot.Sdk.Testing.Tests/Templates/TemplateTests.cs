using Faxbot.Testing;
using Faxbot.Testing.Processes;

namespace Faxbot.Sdk.Testing.Tests.Templates;

/// <summary>What <c>dotnet new faxbot-plugin</c> makes builds, and its tests pass.</summary>
public sealed class TemplateTests : IAsyncLifetime
{
    private static readonly string[] Kinds = ["sip-trunk", "rest-fax", "messaging"];
    private static readonly ProcessOptions Patient = new() { Timeout = TimeSpan.FromMinutes(5) };

    private readonly TempFolder _folder = new();

    public async ValueTask InitializeAsync()
    {
        string[] hive = ["--debug:custom-hive", _folder.Of("hive")];
        await DotnetAsync(["new", "install", RepositoryRoot.Of("templates", "Faxbot.Templates"), .. hive]);
        foreach (var kind in Kinds) await DotnetAsync(["new", "faxbot-plugin", "--kind", kind, "-n", Name(kind), "-o", _folder.Of(kind), .. hive]);
        await File.WriteAllTextAsync(_folder.Of("Directory.Build.targets"), References, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_folder.Of("All.slnx"), Solution, TestContext.Current.CancellationToken);
        await DotnetAsync(["build", _folder.Of("All.slnx"), "--nologo", "-v", "quiet"]);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Each_kind_of_package_builds_and_its_tests_pass()
    {
        var results = await Task.WhenAll(Kinds.Select(kind => ProcessRunner.RunAsync("dotnet", [Built(kind, $"{Name(kind)}.Tests"), "-noLogo", "-noColor"], Patient)));

        Assert.All(results, result => Assert.True(result.ExitCode == 0, result.Output + result.Error));
        Assert.All(results, result => Assert.Matches(@"Total: [2-9]\d, Errors: 0, Failed: 0, Skipped: 0", result.Output));
        Assert.All(Kinds, kind => Assert.Contains($"\"id\": \"{Name(kind).ToLowerInvariant().Replace('.', '-')}\"", File.ReadAllText(_folder.Of(Path.Combine(kind, Name(kind), "manifest.json"))), StringComparison.Ordinal));
    }

    // What was built beside these tests stands in for the packages of the same names, so that nothing is fetched.
    private static string References => $"""
        <Project>
          <PropertyGroup>
            <IsTests Condition="$(MSBuildProjectName.EndsWith('.Tests'))">true</IsTests>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Remove="Faxbot.Sdk" />
            <PackageReference Remove="Faxbot.Sdk.Testing" />
            <Reference Include="{AppContext.BaseDirectory}Faxbot.Sdk.dll" Private="$(IsTests)" />
            <Reference Include="{AppContext.BaseDirectory}Faxbot.Sdk.Testing.dll" Condition="'$(IsTests)' == 'true'" />
          </ItemGroup>
        </Project>
        """;

    private static string Solution =>
        $"<Solution>{string.Concat(Kinds.SelectMany(kind => (string[])[Name(kind), $"{Name(kind)}.Tests"], (kind, name) => $"<Project Path=\"{kind}/{name}/{name}.csproj\" />"))}</Solution>";

    private static string Name(string kind) => $"Sample.{kind.Replace("-", "", StringComparison.Ordinal)}";

    private string Built(string kind, string name) => _folder.Of(Path.Combine(kind, name, "bin", "Debug", "net10.0", $"{name}.dll"));

    private static Task<ProcessResult> DotnetAsync(string[] arguments) => ProcessRunner.RunSuccessfullyAsync("dotnet", arguments, Patient);
}
