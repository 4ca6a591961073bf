using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Faxbot.CrashSoak;
using Faxbot.Testing;
using Faxbot.Testing.Gateway;
using Faxbot.Testing.Peers;
using Faxbot.Testing.Processes;

namespace Faxbot.Interop.Tests.Gateway;

/// <summary>What the gateway stands on fails under it while faxes are under way, and comes back.</summary>
public sealed class OutageTests
{
    private const string Number = "+15550002001", Other = "+15550002002", Late = "+15550002003";

    [Fact]
    public async Task A_database_that_goes_and_comes_back_costs_no_fax_and_sends_none_twice()
    {
        await using var postgres = await PostgresServer.StartAsync();
        var rows = await postgres.CreateDatabaseAsync();
        await using var gateway = await TrunkGateway.StartAsync(isPaced: true, null, ("FAXBOT_DATABASE", rows));
        var under = await gateway.SendAsync(Number, 1);
        await gateway.WaitAsync(under, "in_progress");
        var behind = await gateway.SendAsync(Number, 1);

        await postgres.StopAsync();
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "unavailable"), await RefusalAsync(gateway, Other));
        await postgres.StartAgainAsync();

        string[] faxes = [under, behind, await gateway.SendAsync(Late, 1)];
        foreach (var fax in faxes) await gateway.WaitAsync(fax, "success");
        Assert.Equal([1, 1], gateway.Trunk.CallsTo(Number).Select(call => call.Pages));
        Assert.Equal([1], gateway.Trunk.CallsTo(Late).Select(call => call.Pages));
        Assert.Empty(gateway.Trunk.CallsTo(Other));
    }

    [Fact]
    public async Task A_full_disk_is_told_to_the_caller_and_forgotten_when_there_is_room_again()
    {
        using var folder = new TempFolder();
        await ProcessRunner.RunSuccessfullyAsync("mount", ["-t", "tmpfs", "-o", "size=32m", "tmpfs", folder.FullPath]);
        try
        {
            await using var gateway = await TrunkGateway.StartAsync(isPaced: true, folder.FullPath);
            var under = await gateway.SendAsync(Number, 1);
            await gateway.WaitAsync(under, "in_progress");
            Fill(folder.Of("ballast"));

            Assert.Equal((HttpStatusCode.InsufficientStorage, "storage-full"), await RefusalAsync(gateway, Other));
            File.Delete(folder.Of("ballast"));

            string[] faxes = [under, await gateway.SendAsync(Late, 1)];
            foreach (var fax in faxes) await gateway.WaitAsync(fax, "success");
            Assert.Equal([1], gateway.Trunk.CallsTo(Number).Select(call => call.Pages));
            Assert.Empty(gateway.Trunk.CallsTo(Other));
        }
        finally
        {
            await ProcessRunner.RunSuccessfullyAsync("umount", ["-l", folder.FullPath]);
        }
    }

    [Fact]
    public async Task A_plugin_that_is_killed_in_the_middle_of_a_call_takes_nothing_with_it()
    {
        await using var gateway = await TrunkGateway.StartAsync(isPaced: true);
        var fax = await gateway.SendAsync(Number, 2);
        await gateway.WaitAsync(fax, "in_progress");
        var killed = (await GatewayProcess.PluginAsync(gateway.Client, TrunkGateway.Plugin, IsRunning)).GetProperty("process").GetInt32();
        await ProcessRunner.RunSuccessfullyAsync("kill", ["-KILL", killed.ToString(CultureInfo.InvariantCulture)]);

        await GatewayProcess.PluginAsync(gateway.Client, TrunkGateway.Plugin, status => IsRunning(status) && status.GetProperty("process").GetInt32() != killed);
        var sent = await gateway.WaitAsync(fax, "success", "failed", "unknown");

        Assert.Equal(("success", 1), (sent.GetProperty("state").GetString(), sent.GetProperty("dials").GetInt32()));
        Assert.Equal([2], gateway.Trunk.CallsTo(Number).Select(call => call.Pages));
        await gateway.WaitAsync(await gateway.SendAsync(Late, 1), "success");
    }

    private static bool IsRunning(JsonElement status) => status.GetProperty("state").GetString() == "running";

    private static async Task<(HttpStatusCode Status, string Kind)> RefusalAsync(TrunkGateway gateway, string number)
    {
        using var folder = new TempFolder();
        using var form = new MultipartFormDataContent
        {
            { new StringContent(number), "to" },
            { new ByteArrayContent(await File.ReadAllBytesAsync(SampleLetter.Write(folder.Of("letter.pdf"), 3))), "file", "letter.pdf" },
        };
        using var answer = await gateway.Client.PostAsync("/fax", form);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return (answer.StatusCode, problem.GetProperty("type").GetString()!.Split('/', ':')[^1]);
    }

    // To the last octet: the file system's own pages are not of one size.
    private static void Fill(string path)
    {
        using var ballast = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        var octets = new byte[1 << 20];
        for (var length = octets.Length; length > 0;)
        {
            try
            {
                ballast.Write(octets, 0, length);
            }
            catch (IOException)
            {
                length /= 2;
            }
        }
    }
}
