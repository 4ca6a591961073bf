using System.Text.Json;
using System.Text.Json.Nodes;
using Faxbot.Sdk.Faxes;
using Faxbot.Server.Plugins.Processes;

namespace Faxbot.Server.Tests.Plugins;

/// <summary>What a plugin reaches of the machine it runs on, with a sandbox where the machine permits one, and without.</summary>
public sealed class PluginSandboxTests
{
    // What the machine permits.
    public static TheoryData<bool> Sandboxes => PluginSandbox.IsPermitted ? [true, false] : [false];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Sandboxes))]
    public async Task Of_files_only_those_of_the_system_and_its_own_can_be_read(bool isInSandbox)
    {
        await using var bench = await PluginBench.OpenAsync(wantsSandbox: isInSandbox);
        var own = Put(bench.Options.OwnFolder(PluginBench.PluginId));
        string[] others = [Put(bench.Options.OwnFolder("faxbot-other")), Put(bench.Options.Folder), Put(Path.Combine(bench.Options.PackagesFolder, "other"))];

        var told = (await LookAroundAsync(bench, [own, .. others])).GetProperty("read");

        Assert.Equal("secret", told.GetProperty(own).GetString());
        Assert.All(others, other => Assert.Equal(isInSandbox ? null : "secret", told.GetProperty(other).GetString()));
    }

    [Theory]
    [MemberData(nameof(Sandboxes))]
    public async Task The_gateways_process_is_not_seen(bool isInSandbox)
    {
        var gateway = $"/proc/{Environment.ProcessId}/cmdline";
        await using var bench = await PluginBench.OpenAsync(wantsSandbox: isInSandbox);

        var told = await LookAroundAsync(bench, [gateway]);

        Assert.Equal(isInSandbox, told.GetProperty("read").GetProperty(gateway).GetString() != await File.ReadAllTextAsync(gateway, Cancel));
    }

    [Theory]
    [MemberData(nameof(Sandboxes))]
    public async Task Its_own_folder_can_be_written_to_and_its_package_cannot(bool isInSandbox)
    {
        await using var bench = await PluginBench.OpenAsync(wantsSandbox: isInSandbox);
        string own = bench.Options.OwnFolder(PluginBench.PluginId) + "/", package = Path.Combine(bench.Options.PackagesFolder, PluginBench.PluginId) + "/";

        var told = await LookAroundAsync(bench, [own, package]);

        Assert.Equal(isInSandbox ? [own] : [own, package], told.GetProperty("written").EnumerateArray().Select(path => path.GetString()!));
        Assert.True(File.Exists(own + "mark"));
    }

    [Theory]
    [MemberData(nameof(Sandboxes))]
    public async Task Names_are_resolved(bool isInSandbox)
    {
        await using var bench = await PluginBench.OpenAsync(wantsSandbox: isInSandbox);

        Assert.True((await LookAroundAsync(bench, [])).GetProperty("resolved").GetBoolean());
    }

    [Theory]
    [MemberData(nameof(Sandboxes))]
    public async Task That_there_is_no_sandbox_is_said_once(bool isInSandbox)
    {
        await using var bench = await PluginBench.OpenAsync(wantsSandbox: isInSandbox);
        await LookAroundAsync(bench, []);
        await LookAroundAsync(bench, [bench.Options.Folder]);

        Assert.Equal(isInSandbox ? 0 : 1, bench.Log.Lines.Count(line => line.StartsWith("Warning 1109 Plugins run without a sandbox", StringComparison.Ordinal)));
    }

    private static string Put(string folder)
    {
        var path = Path.Combine(Directory.CreateDirectory(folder).FullName, "file");
        File.WriteAllText(path, "secret");
        return path;
    }

    private static async Task<JsonElement> LookAroundAsync(PluginBench bench, string[] paths)
    {
        var saved = await bench.PutAsync(new JsonObject { ["behaviour"] = "look_around", ["paths"] = new JsonArray([.. paths.Select(path => JsonValue.Create(path))]) });
        await bench.WhenAsync(status => status.IsHealthy && status.Running!.SettingsRevision == saved.Config!.Revision);
        var status = await bench.Backend().GetStatusAsync(new FaxReference { JobId = "job", AttemptId = "attempt" }, Cancel);
        return JsonDocument.Parse(status.ProviderId!).RootElement;
    }
}
