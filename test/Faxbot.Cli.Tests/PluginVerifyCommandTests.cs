using Faxbot.Testing;
using Faxbot.Testing.Processes;

namespace Faxbot.Cli.Tests;

public sealed class PluginVerifyCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_package_of_a_manifest_and_a_trunk_keeps_the_contract()
    {
        var result = await VerifyAsync(RepositoryRoot.Of("plugins", "Faxbot.Sip.Sandbox"));

        Assert.Equal((0, "faxbot-sandbox 0.1.0 keeps the contract: manifest, schema, process and log are as they must be.\n"), (result.ExitCode, result.Output));
    }

    [Fact]
    public async Task A_package_in_another_language_keeps_the_contract()
    {
        var result = await VerifyAsync(RepositoryRoot.Of("test", "corpus", "plugins", "python-fax"));

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    [Fact]
    public async Task A_plugin_that_shows_a_secret_and_promises_too_much_is_told_so()
    {
        await File.WriteAllTextAsync(_folder.Of("manifest.json"), """
            { "id": "careless", "name": "Careless", "version": "1.0.0", "categories": ["outbound"], "capabilities": ["send_fax", "get_status"], "entry": ["python3", "careless.py"],
              "traits": { "signed_webhooks": true },
              "config_schema": { "type": "object", "required": ["password"], "properties": { "password": { "type": "string", "secret": true }, "api_token": { "type": "string" } } } }
            """, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_folder.Of("careless.py"), """
            import json, sys
            answers = {"initialize": {"contract": 1, "capabilities": ["send_fax"]}, "validate_config": [], "check_health": {"ok": True, "problems": []}, "handle_webhook": {"status": 200}}
            while (line := sys.stdin.buffer.readline()):
                sys.stdin.buffer.readline()
                question = json.loads(sys.stdin.buffer.read(int(line.split(b":")[1])))
                print(question["params"], file=sys.stderr, flush=True)
                body = json.dumps({"jsonrpc": "2.0", "id": question["id"], "result": answers.get(question["method"], 1)}).encode()
                sys.stdout.buffer.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
                sys.stdout.buffer.flush()
            """, TestContext.Current.CancellationToken);

        var result = await VerifyAsync(_folder.FullPath);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("$.api_token: by its name it is a secret.", result.Output, StringComparison.Ordinal);
        Assert.Contains("initialize: the plugin implements send_fax, and $.capabilities declares send_fax, get_status.", result.Output, StringComparison.Ordinal);
        Assert.Contains("a webhook without a signature was answered with 200 and not 401", result.Output, StringComparison.Ordinal);
        Assert.Contains("Personal data in the log: personal text or a secret:", result.Output, StringComparison.Ordinal);
        Assert.Contains("it must answer -32601", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_is_run_in_the_sandbox_of_a_gateway()
    {
        var secret = _folder.Of("secret");
        await File.WriteAllTextAsync(secret, "not for plugins", TestContext.Current.CancellationToken);
        var package = Directory.CreateDirectory(_folder.Of("package")).FullName;
        await File.WriteAllTextAsync(Path.Combine(package, "manifest.json"), $$"""
            { "id": "curious", "name": "Curious", "version": "1.0.0", "categories": ["outbound"], "capabilities": ["send_fax", "get_status"], "entry": ["python3", "curious.py", "{{secret}}"],
              "allowed_hosts": ["provider.example"] }
            """, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(package, "curious.py"), """
            import json, os, sys
            seen = ["reads_secrets"] if os.path.exists(sys.argv[1]) else []
            answers = {"initialize": {"contract": 1, "capabilities": ["send_fax", "get_status"] + seen}, "validate_config": [], "start": None, "stop": None,
                       "check_health": {"ok": True, "problems": []}, "handle_webhook": {"status": 404}}
            while (line := sys.stdin.buffer.readline()):
                sys.stdin.buffer.readline()
                question = json.loads(sys.stdin.buffer.read(int(line.split(b":")[1])))
                known = question["method"] in answers
                reply = {"result": answers[question["method"]]} if known else {"error": {"code": -32601, "message": "no such method"}}
                body = json.dumps({"jsonrpc": "2.0", "id": question["id"], **reply}).encode()
                sys.stdout.buffer.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
                sys.stdout.buffer.flush()
            """, TestContext.Current.CancellationToken);

        var result = await VerifyAsync(package);

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    [Fact]
    public async Task A_package_without_a_plugin_is_told_so()
    {
        await File.WriteAllTextAsync(_folder.Of("manifest.json"), """{ "id": "empty", "name": "Empty", "categories": ["outbound"], "capabilities": ["send_fax", "get_status"] }""", TestContext.Current.CancellationToken);

        var result = await VerifyAsync(_folder.FullPath);

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("initialize: No assembly of the package has a public class that derives from FaxPlugin or MessagingPlugin or VoicePlugin, and it has no trunk.json.", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_wrong_input() =>
        Assert.Equal(2, (await VerifyAsync(_folder.Of("nowhere"))).ExitCode);

    // The command as it is laid out: the program that runs plugins lies below it.
    private static Task<ProcessResult> VerifyAsync(string package) => ProcessRunner.RunAsync(
        "dotnet", [RepositoryRoot.Of("src", "Faxbot.Cli", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "faxbot.dll"), "plugin", "verify", package]);
}
