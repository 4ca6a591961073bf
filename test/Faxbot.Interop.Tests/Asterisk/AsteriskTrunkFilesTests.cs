using System.Text;
using System.Text.RegularExpressions;
using Faxbot.Testing;
using Faxbot.Testing.Asterisk;

namespace Faxbot.Interop.Tests.Asterisk;

/// <summary>What the gateway writes of the trunk of each package (<c>test/corpus/asterisk</c>), read by a real Asterisk.</summary>
public sealed partial class AsteriskTrunkFilesTests
{
    // Asterisk shows these otherwise than they are written, or in parts of their own.
    private static readonly string[] Otherwise = ["type", "set_var", "disallow", "allow", "outbound_auth", "redirect_method"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Asterisk_shows_each_trunk_as_it_was_meant()
    {
        await using var lab = await AsteriskLab.StartAsync();
        var files = Corpus.Read("asterisk").ToDictionary(sample => sample.Name[..^".conf".Length].Replace('.', '-'), sample => OnThisMachine(Encoding.UTF8.GetString(sample.Bytes)));
        var folder = Path.Combine(lab.Folder, "etc");
        var named = files.Select(file => file.Value.Replace("faxbot-trunk", file.Key, StringComparison.Ordinal));
        await File.WriteAllTextAsync(Path.Combine(folder, "faxbot-pjsip.conf"), string.Concat(named), Cancel);
        await File.AppendAllTextAsync(Path.Combine(folder, "pjsip.conf"), "\n#include faxbot-pjsip.conf\n", Cancel);

        await lab.ReloadAsync();

        await using var ami = await lab.ConnectAmiAsync();
        foreach (var (name, text) in files)
        {
            await ami.SendAsync($"Action: PJSIPShowEndpoint\nActionID: {name}\nEndpoint: {name}");
            var shown = await ami.WaitAsync(message => message["ActionID"] == name && (message["Event"] == "EndpointDetail" || message["Response"] == "Error"), TimeSpan.FromSeconds(10));
            Assert.True(shown["ObjectName"] == name, $"{name}: {shown}");
            foreach (var (key, value) in Endpoint(text).Where(line => !Otherwise.Contains(line.Key)))
                Assert.True(shown[FieldOf(key)] == ShownAs(key, value, name), $"{name}: {key} is {shown[FieldOf(key)]}, not {value}");
        }

        var log = await lab.ReadLogAsync();
        Assert.DoesNotContain(log.Split('\n'), line => line.Contains("ERROR", StringComparison.Ordinal) && line.Contains("sorcery", StringComparison.OrdinalIgnoreCase));
    }

    // The values of the first section that is an endpoint; the first of a key.
    private static Dictionary<string, string> Endpoint(string text) => text.Split('\n')
        .SkipWhile(line => !line.StartsWith('[')).Skip(1).TakeWhile(line => line.Length > 0)
        .Select(line => line.Split(" = ", 2)).GroupBy(parts => parts[0]).ToDictionary(group => group.Key, group => group.First()[1].Replace("\\;", ";", StringComparison.Ordinal));

    private static string FieldOf(string key) => string.Concat(key.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static string ShownAs(string key, string value, string name) => value switch
    {
        "yes" when key != "100rel" => "true",
        "no" => "false",
        "faxbot-trunk" => name,
        "faxbot-trunk-account" => $"{name}-account",
        _ => value,
    };

    // No provider is to hear of the test, and the lab speaks no TLS.
    private static string OnThisMachine(string text) => SipHost().Replace(text, "sip:${user}127.0.0.1").Replace("transport=tls", "transport=tcp", StringComparison.Ordinal);

    [GeneratedRegex(@"sip:(?<user>[^\s@]*@)?[^\s:;\\@]+")]
    private static partial Regex SipHost();
}
