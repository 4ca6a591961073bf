using System.Text;
using Faxbot.Testing;
using Faxbot.Testing.Asterisk;
using Faxbot.Testing.Gateway;
using Faxbot.Testing.Processes;

namespace Faxbot.Interop.Tests.Gateway;

/// <summary>
/// What a customer of Flowroute types, from the installation to the fax, with an Asterisk in the place of the provider's servers: it challenges each call
/// and keeps the registration. The whole terminal is attached to the test's result.
/// </summary>
public sealed class TrunkTranscriptTests : IAsyncLifetime
{
    private const string Plugin = "faxbot-sip-flowroute", Caller = "+15550142000", Called = "+15550142111";
    private readonly TempFolder _folder = new();
    private readonly StringBuilder _terminal = new();
    private AsteriskLab _lab = null!;
    private GatewayProcess _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        await DebianPackages.EnsureAsync("poppler-utils", "fonts-dejavu-core");
        _lab = await AsteriskLab.StartAsync(new AsteriskLabOptions { RequireAuthentication = true });
        _gateway = await GatewayProcess.StartAsync(
            Directory.CreateDirectory(_folder.Of("gateway")).FullName,
            new Dictionary<string, string?> { ["FAXBOT_PLUGINS_SOURCES"] = RepositoryRoot.Of("artifacts", "plugins"), ["FAXBOT_SIP_BIND"] = "127.0.0.1:0" });
        File.Copy(RepositoryRoot.Of("samples", "letter.pdf"), _folder.Of("letter.pdf"));
    }

    public async ValueTask DisposeAsync()
    {
        TestContext.Current.AddAttachment("terminal", _terminal.ToString());
        await _gateway.DisposeAsync();
        await _lab.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_trunk_is_installed_configured_checked_and_sends()
    {
        Assert.Contains($"installed {Plugin} 0.1.0", await RunAsync("plugin", "install", "Faxbot.Sip.Flowroute"), StringComparison.Ordinal);
        await PutLabInPlaceAsync();

        var configured = await AnswerAsync(Answers(password: AsteriskLab.Secret), "plugin", "configure", Plugin);
        Assert.Contains("it could work", configured, StringComparison.Ordinal);
        Assert.Contains($"{Plugin} runs", configured, StringComparison.Ordinal);
        Assert.DoesNotContain(AsteriskLab.Secret, configured, StringComparison.Ordinal);

        var check = await RunAsync("trunk", "check", Plugin, "--dial", Called);
        foreach (var step in (string[])["server", "address", "registration", "call", "T.38", "fax"]) Assert.Contains($"ok       {step}: ", check, StringComparison.Ordinal);

        var sent = await RunAsync("send", "letter.pdf", "--to", Called);
        Assert.Contains("delivered 3 of 3 pages", sent, StringComparison.Ordinal);
        Assert.Contains($"attempt 1 by {Plugin}", await RunAsync("status", IdIn(sent)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_told_before_anything_is_saved()
    {
        await RunAsync("plugin", "install", "Faxbot.Sip.Flowroute");
        await PutLabInPlaceAsync();

        var result = await RunFullyAsync(Answers(password: "wrong", "n"), "plugin", "configure", Plugin);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("refused the user or the password (401 Unauthorized). Check both in the settings.", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("nothing was saved\n", result.Output, StringComparison.Ordinal);
    }

    // In the order of the questions; an empty line leaves one as it is.
    private static string Answers(string password, string last = "y") => string.Join('\n',
    [
        "us-west-or.sip.flowroute.com", // server
        "", // backup_server
        "", // port
        "", // transport
        "", // dns
        "", // tech_prefix
        AsteriskLab.Account, // username
        password, // password
        "true", // register
        "", // registration_expiry
        Caller, // caller_number
        "", // t38_switch
        "", // access_key
        "", // secret_key
        "", // line
        last, // let it carry faxes, or save it all the same
        "",
    ]);

    // No customer does this: Asterisk stands where Flowroute's servers are.
    private Task<string> PutLabInPlaceAsync() => RunAsync(
        "plugin", "configure", Plugin, "--no-check", "--set", "username=nobody", "--set", "password=none",
        "--set", $$"""trunk={ "servers": [{ "host": "127.0.0.1", "port": {{_lab.SipPort}} }] }""");

    private static string IdIn(string sent) => sent.Split("accepted as ")[1].Split([' ', '\n', ',', ':'])[0];

    private Task<string> RunAsync(params string[] arguments) => AnswerAsync(null, arguments);

    private async Task<string> AnswerAsync(string? answers, params string[] arguments)
    {
        var result = await RunFullyAsync(answers, arguments);
        Assert.True(result.ExitCode == 0, $"{result}\n{_gateway.Log}");
        return result.Output;
    }

    private async Task<ProcessResult> RunFullyAsync(string? answers, params string[] arguments)
    {
        var result = await ProcessRunner.RunAsync(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "faxbot.dll"), .. arguments, "--gateway", _gateway.Address.ToString(), "--key", _gateway.FirstKey!],
            new ProcessOptions { Timeout = TimeSpan.FromMinutes(3), Input = answers is null ? null : Encoding.UTF8.GetBytes(answers), WorkingFolder = _folder.FullPath });
        _terminal.Append($"$ faxbot {string.Join(' ', arguments)}\n{result.Output}{result.Error}\n");
        return result;
    }
}
