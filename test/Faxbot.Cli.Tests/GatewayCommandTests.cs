using System.Text.Json;
using Faxbot.Testing;
using Faxbot.Testing.Gateway;

namespace Faxbot.Cli.Tests;

/// <summary>The commands that speak with a gateway, against one in a process of its own.</summary>
public sealed class GatewayCommandTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private GatewayProcess _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        await DebianPackages.EnsureAsync("poppler-utils", "fonts-dejavu-core");
        _gateway = await GatewayProcess.StartAsync(Directory.CreateDirectory(_folder.Of("gateway")).FullName);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_fax_is_sent_looked_at_and_found_in_the_inbox()
    {
        var sent = await RunAsync(0, "send", FaxbotCommand.Letter, "--to", "+15550100100");
        var id = JsonElement.Parse((await RunAsync(0, "list", "--json")).Split('\n')[0]).GetProperty("id").GetString()!;

        Assert.Contains("delivered 3 of 3 pages", sent, StringComparison.Ordinal);
        Assert.Contains($"accepted as {id}", sent, StringComparison.Ordinal);
        Assert.Contains("attempt 1 by faxbot-sandbox", await RunAsync(0, "status", id), StringComparison.Ordinal);
        Assert.Contains("sandbox", await RunAsync(0, "inbox"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_busy_number_is_told_with_what_comes_next_and_can_be_cancelled()
    {
        var sent = await RunAsync(1, "send", FaxbotCommand.Letter, "--to", "+15550100191");
        var id = JsonElement.Parse((await RunAsync(0, "list", "--json")).Split('\n')[0]).GetProperty("id").GetString()!;

        Assert.Contains("The number is busy.", sent, StringComparison.Ordinal);
        Assert.Contains("It is tried again in 3 minutes", sent, StringComparison.Ordinal);
        Assert.Contains("cancelled", await RunAsync(0, "cancel", id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_plugins_and_routes_are_shown_and_changed()
    {
        var token = (await RunAsync(0, "keys", "add", "--name", "ward", "--scope", "fax:read")).Trim();
        await RunAsync(0, "routes", "add", "+49", "faxbot-sandbox");

        Assert.StartsWith("fbk_live_", token, StringComparison.Ordinal);
        Assert.Contains("ward", await RunAsync(0, "keys"), StringComparison.Ordinal);
        Assert.Contains("+49", await RunAsync(0, "routes"), StringComparison.Ordinal);
        Assert.Matches("faxbot-sandbox\\s.*running", await RunAsync(0, "plugins"));
        Assert.Matches("^[0-9a-f]{16}\n$", await RunAsync(0, "key-ring", "rotate"));
        await RunAsync(0, "routes", "remove", (await RunAsync(0, "routes")).Split('\t')[0]);
        Assert.Equal("", await RunAsync(0, "routes"));
        Assert.Equal("", await RunAsync(0, "list", "--key", token));
        await RunAsync(1, "keys", "--key", token);
    }

    [Fact]
    public async Task A_message_is_sent_looked_at_and_cancelled()
    {
        var id = (await RunAsync(0, "message", "send", "Your results are ready.", "--to", "+12065550199")).Trim();

        Assert.Contains($"{id}\toutbound\tqueued", await RunAsync(0, "message", "list", "--number", "+12065550199"), StringComparison.Ordinal);
        Assert.StartsWith("queued", await RunAsync(0, "message", "status", id), StringComparison.Ordinal);
        Assert.Equal("Your results are ready.", JsonElement.Parse(await RunAsync(0, "message", "status", id, "--json")).GetProperty("text").GetString());
        Assert.Equal("cancelled\n", await RunAsync(0, "message", "cancel", id));
        Assert.Equal("", await RunAsync(0, "message", "list", "--state", "queued"));
        await RunAsync(2, "message", "status", "0199aab1c2d37e4f8a5b6c7d8e9f0a1b");
    }

    [Fact]
    public async Task Who_opted_out_is_shown_and_changed()
    {
        await RunAsync(0, "opt-outs", "add", "+12065550199", "--note", "asked by phone");

        Assert.Contains("+12065550199\tapi\tasked by phone", await RunAsync(0, "opt-outs"), StringComparison.Ordinal);
        await RunAsync(0, "opt-outs", "remove", "+12065550199");
        Assert.Equal("", await RunAsync(0, "opt-outs"));
    }

    [Fact]
    public async Task A_gateway_that_was_named_is_never_replaced_by_a_private_one()
    {
        await _gateway.StopAsync();

        var refused = await FaxbotCommand.RunAsync(_folder, "send", FaxbotCommand.Letter, "--to", "+15550100100", "--gateway", _gateway.Address.ToString());

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("does not answer", refused.Error, StringComparison.Ordinal);
    }

    private async Task<string> RunAsync(int exitCode, params string[] arguments)
    {
        string[] key = arguments.Contains("--key") ? [] : ["--key", _gateway.FirstKey!];
        var result = await FaxbotCommand.RunAsync(_folder, [.. arguments, "--gateway", _gateway.Address.ToString(), .. key]);
        Assert.True(result.ExitCode == exitCode, result.ToString());
        return result.Output;
    }
}
