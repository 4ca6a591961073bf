using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Numbers;
using Faxbot.Sdk.Webhooks;
using Faxbot.Testing;

namespace Faxbot.Server.Tests.Plugins;

/// <summary>A plugin in another language: test/corpus/plugins/python-fax.</summary>
public sealed class PythonPluginTests
{
    private const string Id = "faxbot-python-sample", Key = "k3y";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_sends_asks_for_the_document_and_tells_the_status()
    {
        await using var bench = await RunAsync();

        var sent = await bench.Backend(Id).SendFaxAsync(PluginBench.Fax, Cancel);

        Assert.Equal(("py-1", Id, 0.05m), (sent.ProviderId, sent.Backend, sent.EstimatedCost!.Amount));
        Assert.Equal($"{Id} pdf document", await bench.Services.NextAsync());
        Assert.Equal($"{Id} copy document-pdf", await bench.Services.NextAsync());
        Assert.Equal(FaxState.InProgress, (await StatusAsync(bench)).State);
    }

    [Fact]
    public async Task It_cancels()
    {
        await using var bench = await RunAsync();
        await bench.Backend(Id).SendFaxAsync(PluginBench.Fax, Cancel);

        Assert.True(await bench.Backend(Id).CancelFaxAsync(Reference, Cancel));

        Assert.Equal((FaxState.Cancelled, "It was cancelled."), await StatusAsync(bench) is var status ? (status.State, status.Outcome!.Sentence) : default);
    }

    [Fact]
    public async Task It_refuses_with_an_outcome()
    {
        await using var bench = await RunAsync();

        var refusal = await Assert.ThrowsAsync<FaxRejectedException>(() => bench.Backend(Id).SendFaxAsync(PluginBench.Fax with { To = new PhoneNumber("100") }, Cancel));

        Assert.Equal("The number has no country code.", refusal.Outcome.Sentence);
    }

    [Fact]
    public async Task It_takes_a_webhook_only_with_the_right_signature()
    {
        await using var bench = await RunAsync();
        await bench.Backend(Id).SendFaxAsync(PluginBench.Fax, Cancel);
        var body = Encoding.UTF8.GetBytes("""{"id":"py-1"}""");
        var right = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key), body));

        var forged = await bench.Fleet.HandleWebhookAsync(Id, Request(body, "00"), Cancel);
        var told = await bench.Fleet.HandleWebhookAsync(Id, Request(body, right), Cancel);

        Assert.Equal((401, 0), (forged.Status, forged.Faxes.Count));
        Assert.Equal((200, FaxState.Success), (told.Status, told.Faxes["py-1"].State));
        Assert.Equal(FaxState.Success, (await StatusAsync(bench)).State);
    }

    private static FaxReference Reference => new() { JobId = "job", AttemptId = "attempt", ProviderId = "py-1" };

    private static Task<FaxStatus> StatusAsync(PluginBench bench) => bench.Backend(Id).GetStatusAsync(Reference, Cancel);

    private static WebhookRequest Request(byte[] body, string signature) => new()
    {
        Method = "POST", Url = "https://gateway.example.com/", Headers = new Dictionary<string, string> { ["x-signature"] = signature }, Body = body,
    };

    private static async Task<PluginBench> RunAsync()
    {
        await DebianPackages.EnsureAsync("python3");
        var bench = await PluginBench.OpenAsync();
        bench.Install(RepositoryRoot.Of("test", "corpus", "plugins", "python-fax"), "python-fax", manifest => manifest.Replace("\"python3\"", "\"/usr/bin/python3\"", StringComparison.Ordinal));
        await bench.Fleet.RescanAsync(Cancel);
        await bench.PutAsync(new JsonObject { ["webhook_key"] = Key }, id: Id);
        await bench.WhenAsync(status => status.IsHealthy, Id);
        return bench;
    }
}
