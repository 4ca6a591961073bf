using Faxbot.Cli.Calls;
using Faxbot.Sdk.Trunks;
using Faxbot.Testing;

namespace Faxbot.Cli.Tests;

public sealed class DestinationTests
{
    [Theory]
    [InlineData("sip:5550199@pbx.example", "pbx.example", 5060, "5550199")]
    [InlineData("sip:+15550199@127.0.0.1:5070", "127.0.0.1", 5070, "+15550199")]
    [InlineData("SIP:a%20b@pbx.example;transport=udp", "pbx.example", 5060, "a b")]
    [InlineData("sip:1@pbx.example;transport=tcp", "pbx.example", 5060, "1", TrunkTransport.Tcp)]
    [InlineData("sip:1@pbx.example;user=phone;transport=TLS", "pbx.example", 5061, "1", TrunkTransport.Tls)]
    [InlineData("sips:1@pbx.example:5080;transport=tcp", "pbx.example", 5080, "1", TrunkTransport.Tls)]
    [InlineData("sip:1@[2001:db8::1]", "2001:db8::1", 5060, "1")]
    [InlineData("sip:1@[2001:db8::1]:5070;transport=tcp", "2001:db8::1", 5070, "1", TrunkTransport.Tcp)]
    public void Reads_a_SIP_address(string to, string host, int port, string user, TrunkTransport transport = TrunkTransport.Udp)
    {
        var destination = Destination.Parse(to, null)!;

        var server = destination.Trunk.Servers[0];
        Assert.Equal((host, port, user, transport), (server.Host, server.Port, destination.Number, server.Transport));
    }

    [Theory]
    [InlineData("sip:1@pbx.example;transport=sctp", "SIP goes over udp, tcp or tls, not over sctp.")]
    [InlineData("sips:1@pbx.example;transport=udp", "sips goes over TLS, not over udp.")]
    [InlineData("sip:1@2001:db8::1", "a SIP address is sip:USER@HOST")]
    [InlineData("sip:1@[pbx.example]", "a SIP address is sip:USER@HOST")]
    [InlineData("sip:1@[::1]5060", "a SIP address is sip:USER@HOST")]
    [InlineData("sip:1@pbx.example:70000", "a SIP address is sip:USER@HOST")]
    [InlineData("sip:pbx.example", "a SIP address is sip:USER@HOST")]
    public void Says_what_is_wrong_with_one(string to, string said) =>
        Assert.Contains(said, Assert.Throws<BadInputException>(() => Destination.Parse(to, null)).Message, StringComparison.Ordinal);

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
        Assert.Equal(T38Switch.FarEnd, destination.Trunk.T38.Switch);
    }

    [Fact]
    public void A_number_without_a_trunk_is_for_a_gateway() => Assert.Null(Destination.Parse("+15550199", null));
}
