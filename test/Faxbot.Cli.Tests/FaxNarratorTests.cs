using System.Text.Json;
using Faxbot.Cli.Gateways;
using Faxbot.Client.Faxes;

namespace Faxbot.Cli.Tests;

public sealed class FaxNarratorTests
{
    [Fact]
    public void What_a_fax_goes_through_while_its_trunk_pauses_is_said_once()
    {
        var narrator = new FaxNarrator();
        (string, string)[] happened =
        [
            ("fax.queued", "{}"), ("fax.preparing", "{}"), ("fax.queued", """{ "trunk": "a" }"""), ("fax.preparing", "{}"), ("fax.queued", """{ "trunk": "a" }"""),
            ("fax.preparing", "{}"), ("fax.dialled", "{}"), ("fax.queued", "{}"), ("fax.preparing", "{}"),
        ];

        var said = happened.Select(one => narrator.Tell(new FaxHappening("1", one.Item1, JsonElement.Parse(one.Item2)))).OfType<string>();

        Assert.Equal(["queued", "the pages are drawn", "waits until a trunk is free", "calling", "queued", "the pages are drawn"], said);
    }
}
