using System.Net;
using System.Text.Json;
using Faxbot.Sdk.Numbers;
using Faxbot.Server.Keys;
using Faxbot.Server.Lines.Media;
using Faxbot.Server.Tests.Api;

namespace Faxbot.Server.Tests.Lines.Media;

public sealed class MediaMemoryEndpointTests() : EndpointTests(Scopes.PluginsManage)
{
    [Fact]
    public async Task What_worked_for_a_number_is_shown_and_forgotten()
    {
        var number = new PhoneNumber("+12065550100");
        await Gateway.Get<MediaMemory>().LearnAsync(
            new MediaParty(number, "faxbot-sip", MediaDirection.Inbound), new MediaKnowledge { SwitchedBy = MediaSwitch.Us, BitRate = 9600 }, Cancel);

        var shown = JsonDocument.Parse(await Client.Http.GetStringAsync("/media-memory?number=%2B12065550100", Cancel)).RootElement[0];
        Assert.Equal(("+12065550100", "faxbot-sip", "inbound", "us", 9600), (
            shown.GetProperty("number").GetString(), shown.GetProperty("trunk").GetString(), shown.GetProperty("direction").GetString(), shown.GetProperty("switched_by").GetString(), shown.GetProperty("bit_rate").GetInt32()));

        using var gone = await Client.Http.DeleteAsync(new Uri("/media-memory/%2B12065550100", UriKind.Relative), Cancel);
        using var again = await Client.Http.DeleteAsync(new Uri("/media-memory/%2B12065550100", UriKind.Relative), Cancel);
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (gone.StatusCode, again.StatusCode));
    }
}
