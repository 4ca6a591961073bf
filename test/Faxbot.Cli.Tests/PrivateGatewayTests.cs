using System.Text.Json;
using Faxbot.Testing;
using Faxbot.Testing.Processes;

namespace Faxbot.Cli.Tests;

/// <summary><c>faxbot send --to NUMBER</c> where no gateway runs: it starts one, sends, and leaves nothing running.</summary>
public sealed class PrivateGatewayTests
{
    [Fact]
    public async Task The_fax_is_sent_by_a_gateway_that_ends_with_the_command_and_keeps_what_it_did()
    {
        using var folder = new TempFolder();

        var sent = await RunAsync(folder, "send", FaxbotCommand.Letter, "--to", "+15550100100");
        var again = await RunAsync(folder, "send", FaxbotCommand.Letter, "--to", "+15550100191");

        Assert.True(sent.ExitCode == ExitCode.Delivered, sent.ToString());
        Assert.Contains("delivered 3 of 3 pages", sent.Output, StringComparison.Ordinal);
        Assert.True(again.ExitCode == ExitCode.NotDelivered, again.ToString());
        Assert.Contains("The number is busy.", again.Output, StringComparison.Ordinal);
        Assert.Contains("'faxbot up' goes on with it", again.Output, StringComparison.Ordinal);
        var address = JsonElement.Parse(await File.ReadAllTextAsync(Path.Combine(folder.Of("gateway"), "client.json"), TestContext.Current.CancellationToken)).GetProperty("address").GetString()!;
        using var client = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri(new Uri(address), "health"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Why_it_cannot_start_is_said_in_its_own_words()
    {
        using var folder = new TempFolder();

        var sent = await RunAsync(folder, ["send", FaxbotCommand.Letter, "--to", "+15550100100"], ("FAXBOT_RETRY_BUSY", "soon"));

        Assert.True(sent.ExitCode == ExitCode.BadInput, sent.ToString());
        Assert.Contains("the gateway could not start", sent.Error, StringComparison.Ordinal);
        Assert.Contains("FAXBOT_RETRY_BUSY", sent.Error, StringComparison.Ordinal);
    }

    private static Task<ProcessResult> RunAsync(TempFolder folder, params string[] arguments) => RunAsync(folder, arguments, []);

    private static Task<ProcessResult> RunAsync(TempFolder folder, string[] arguments, params (string Name, string Value)[] environment) =>
        FaxbotCommand.RunAsync(folder, arguments, [("FAXBOT_DATA_FOLDER", folder.Of("gateway")), ("FAXBOT_SIP_BIND", "127.0.0.1:0"), .. environment]);
}
