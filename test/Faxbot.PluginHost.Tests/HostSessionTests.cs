using System.Text.Json;
using Faxbot.Sdk;
using Faxbot.Sdk.Manifests;
using Faxbot.Sdk.Wire;
using Faxbot.Testing;
using Faxbot.Testing.Processes;
using Nerdbank.Streams;
using StreamJsonRpc;

namespace Faxbot.PluginHost.Tests;

public sealed class HostSessionTests : IAsyncDisposable
{
    private readonly (Stream Gateway, Stream Host) _pipe = FullDuplexStream.CreatePair();
    private readonly HostSession _session;
    private readonly Task<int> _running;
    private readonly JsonRpc _gateway;

    public HostSessionTests()
    {
        _session = new HostSession(Built, _pipe.Host, _pipe.Host);
        _running = _session.RunAsync();
        _gateway = new JsonRpc(new HeaderDelimitedMessageHandler(_pipe.Gateway, _pipe.Gateway, new SystemTextJsonFormatter { JsonSerializerOptions = SdkJson.Options }));
        _gateway.StartListening();
    }

    private static string Built => RepositoryRoot.Of("test", "Faxbot.TestPlugin", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0");

    public async ValueTask DisposeAsync()
    {
        _gateway.Dispose();
        await _running;
        await _session.DisposeAsync();
    }

    [Fact]
    public async Task The_program_ends_when_its_input_is_closed()
    {
        var program = RepositoryRoot.Of("src", "Faxbot.PluginHost", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "Faxbot.PluginHost.dll");

        var result = await ProcessRunner.RunAsync("dotnet", [program, Built]);

        Assert.Equal((0, ""), (result.ExitCode, result.Output));
    }

    [Fact]
    public async Task It_chooses_the_contract_version_and_says_what_is_implemented()
    {
        var result = await InitializeAsync(new ContractRange(0, 5));

        Assert.Equal(1, result.Contract);
        Assert.Equal(["send_fax", "get_status"], result.Capabilities);
    }

    [Fact]
    public async Task It_refuses_a_contract_of_another_version()
    {
        var refusal = await Assert.ThrowsAsync<RemoteInvocationException>(() => InitializeAsync(new ContractRange(2, 3)));

        Assert.Equal((WireErrors.Refused, "It speaks version 1 of the contract, the gateway 2 to 3."), (refusal.ErrorCode, refusal.Message));
    }

    [Fact]
    public async Task It_refuses_to_be_another_plugin()
    {
        var refusal = await Assert.ThrowsAsync<RemoteInvocationException>(() => InitializeAsync(new ContractRange(1, 1), "faxbot-other"));

        Assert.Equal("Its manifest says faxbot-test, and faxbot-other was to be started.", refusal.Message);
    }

    [Fact]
    public async Task It_does_nothing_before_it_is_initialized() =>
        Assert.Equal("initialize comes before check_health.", (await FailAsync(WireMethods.CheckHealth, [])).Message);

    [Fact]
    public async Task It_says_which_capability_the_plugin_lacks()
    {
        await InitializeAsync(new ContractRange(1, 1));

        Assert.Equal(WireErrors.NotSupported, (int)(await FailAsync("send_message", [])).ErrorCode!);
        Assert.Equal(WireErrors.NotSupported, (int)(await FailAsync("cancel_fax", [])).ErrorCode!);
    }

    [Fact]
    public async Task It_names_a_parameter_that_is_missing_or_wrong()
    {
        await InitializeAsync(new ContractRange(1, 1));

        Assert.Equal("send_fax: $.fax: It is missing.", (await FailAsync("send_fax", [])).Message);
        Assert.Contains("job_id", (await FailAsync("send_fax", new() { ["fax"] = new { to = "+15550100" } })).Message, StringComparison.Ordinal);
    }

    private Task<InitializeResult> InitializeAsync(ContractRange contract, string id = "faxbot-test")
    {
        var request = new InitializeRequest
        {
            Contract = contract, PluginId = id, Settings = JsonSerializer.SerializeToElement(new { }), Folder = "own", Limits = new WireLimits(1, TimeSpan.FromSeconds(1), 1),
        };
        return _gateway.InvokeWithParameterObjectAsync<InitializeResult>(
            WireMethods.Initialize, (IReadOnlyDictionary<string, object?>)request.ToParameters(), null, TestContext.Current.CancellationToken);
    }

    private async Task<RemoteRpcException> FailAsync(string method, Dictionary<string, object?> parameters) => await Assert.ThrowsAnyAsync<RemoteRpcException>(
        () => _gateway.InvokeWithParameterObjectAsync<JsonElement>(method, (IReadOnlyDictionary<string, object?>)parameters, null, TestContext.Current.CancellationToken));
}
