using Faxbot.Cli.Calls;
using Faxbot.Testing;

namespace Faxbot.Cli.Tests;

public sealed class DestinationTests
{
    [Theory]
    [InlineData("sip:5550199@pbx.example", "pbx.example", 5060, "5550199")]
    [InlineData("sip:+15550199@127.0.0.1:5070", "127.0.0.1", 5070, "+15550199")]
    [InlineData("SIP:a%20b@pbx.example;transport=udp", "pbx.example", 5060, "a b")]
    public void Reads_a_SIP_address(string to, string host, int port, string user)
    {
        var destination = Destination.Parse(to, null)!;

        Assert.Equal((host, port, user), (destination.Trunk.Servers[0].Host, destination.Trunk.Servers[0].Port, destination.Number));
    }

    [Fact]
    public void Reads_a_number_as_people_write_it()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.Of("trunk.json"), """
            {
              // A trunk with a technical prefix.
              "domain": "trunk.example", "servers": [{ "host": "10.0.0.1", "port": 5080 }],
              "numbers": { "request_uri": { "style": "e164", "prefix": "9#" } },
              "t38": { "switch": "far_end", "switch_after": "00:00:02", "error_correction": "fec" },
            }
            """);

        var destination = Destination.Parse("+1 (555) 010-99.11", folder.Of("trunk.json"))!;

        Assert.Equal("+15550109911", destination.Number);
        Assert.Equal("9#15550109911", destination.Trunk.Numbers.RequestUri.Write(destination.Number));
        Assert.Equal(Sdk.Trunks.T38Switch.FarEnd, destination.Trunk.T38.Switch);
    }

    [Fact]
    public void A_number_without_a_trunk_is_for_a_gateway() => Assert.Null(Destination.Parse("+15550199", null));
}
