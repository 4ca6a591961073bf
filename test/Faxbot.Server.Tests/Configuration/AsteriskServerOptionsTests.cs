using Faxbot.Server.Configuration;
using Faxbot.Testing;

namespace Faxbot.Server.Tests.Configuration;

/// <summary>Settings of a list of sections, of which the Asterisk servers are one.</summary>
public sealed class AsteriskServerOptionsTests
{
    private const string Two = """
        { "asterisk": { "servers": [
            { "name": "pbx", "host": "192.0.2.1", "secret": "hunter2", "tls": true, },
            { "name": "pbx-2", "host": "192.0.2.2", "secret": "hunter3", "folder": "/srv/two", "folder_there": "/var/spool/faxbot", "max_calls": 5 } ] } }
        """;

    [Fact]
    public void Each_entry_of_the_list_has_its_own_values_and_defaults()
    {
        var servers = Read(Two).Options!.Asterisk.Servers;

        Assert.Equal(
            [("pbx", "192.0.2.1", "hunter2", true, "/srv/me/.local/share/faxbot/asterisk", null, 100), ("pbx-2", "192.0.2.2", "hunter3", false, "/srv/two", "/var/spool/faxbot", 5)],
            servers.Select(server => (server.Name!, server.Host!, server.Secret!.Value, server.Tls, server.Folder, server.FolderThere, server.MaxCalls)));
        Assert.Empty(Read(null).Options!.Asterisk.Servers);
    }

    [Fact]
    public void A_variable_goes_before_the_file_for_each_entry_and_may_add_one()
    {
        var servers = Read(
            Two, ("FAXBOT_ASTERISK_SERVERS_1_HOST", "192.0.2.9"), ("FAXBOT_ASTERISK_SERVERS_2_NAME", "pbx-3"), ("FAXBOT_ASTERISK_SERVERS_2_HOST", "192.0.2.3"),
            ("FAXBOT_ASTERISK_SERVERS_2_SECRET", "s"), ("FAXBOT_ASTERISK_SERVERS_2_FOLDER", "/srv/three")).Options!.Asterisk.Servers;

        Assert.Equal(["192.0.2.1", "192.0.2.9", "192.0.2.3"], servers.Select(server => server.Host));
    }

    [Fact]
    public void A_secret_may_stand_in_a_file_and_is_shown_nowhere()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.Of("secret"), "hunter4\n");

        var reading = Read(Two, ("FAXBOT_ASTERISK_SERVERS_0_SECRET_FILE", folder.Of("secret")));

        Assert.Empty(reading.Warnings);
        Assert.Equal("hunter4", reading.Options!.Asterisk.Servers[0].Secret!.Value);
        Assert.Equal("***", reading.Settings.Single(setting => setting.Key == "asterisk.servers[0].secret").Value);
        Assert.DoesNotContain("hunter", reading.Options.Asterisk.Servers[1].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{ "host": "h", "secret": "s" }]""", "asterisk.servers[0].name", "missing")]
    [InlineData("""[{ "name": "a", "host": "h" }]""", "asterisk.servers[0].secret", "missing")]
    [InlineData("""[{}, { "name": "a", "host": "h", "secret": "s" }]""", "asterisk.servers[0].host", "missing")]
    [InlineData("""[{ "name": "a b", "host": "h", "secret": "s" }]""", "asterisk.servers[0].name", "letters")]
    [InlineData("""[{ "name": "a", "host": "h", "secret": "s" }, { "name": "a", "host": "h", "secret": "s", "folder": "/b" }]""", "asterisk.servers[1].name", "Another")]
    [InlineData("""[{ "name": "a", "host": "h", "secret": "s" }, { "name": "b", "host": "h", "secret": "s" }]""", "asterisk.servers[1].folder", "Another")]
    [InlineData("""[{ "name": "a", "host": "h", "secret": "s", "folder_there": "/a,b" }]""", "asterisk.servers[0].folder_there", "letters")]
    [InlineData("""[{ "name": "a", "host": "h", "secret": "s", "user": "a]b" }]""", "asterisk.servers[0].user", "letters")]
    [InlineData("""[{ "name": "a", "host": "h", "secret": "s", "port": 0 }]""", "asterisk.servers[0].port", "65535")]
    [InlineData("""[{ "name": "a", "host": "h", "secret": "s", "prot": 5038 }]""", "asterisk.servers[0].prot", "asterisk.servers[].port")]
    [InlineData("""{ "name": "a" }""", "asterisk.servers", "list")]
    [InlineData("""["a"]""", "asterisk.servers", "list")]
    public void What_is_wrong_is_named_with_its_place_and_its_cure(string servers, string place, string cure) => Assert.Contains(
        Read($$"""{ "asterisk": { "servers": {{servers}} } }""").Problems,
        problem => problem.Place == place && problem.Message.Contains(cure, StringComparison.Ordinal));

    private static ConfigurationReading Read(string? file, params (string Name, string Value)[] environment) => GatewayOptionsReaderTests.Read(file, environment);
}
