using Faxbot.Sdk.Http;
using Faxbot.Sdk.Plugins;

namespace Faxbot.Sdk.Tests.Http;

public sealed class ProviderApiTests : IDisposable
{
    private readonly HttpClient _http = new();

    private ProviderApi Api => new(_http, "Acme", new Uri("https://api.acme.example/"));

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Pages_are_read_until_the_last_one() =>
        Assert.Equal([0, 1, 2], await Api.ReadPagesAsync(page => Task.FromResult<(IEnumerable<int>, bool)>(([page], page < 2))));

    [Fact]
    public async Task A_list_without_end_is_given_up()
    {
        var given = await Assert.ThrowsAsync<PluginException>(() => Api.ReadPagesAsync(page => Task.FromResult<(IEnumerable<int>, bool)>(([page], true))));

        Assert.Contains("pages without end", given.Message, StringComparison.Ordinal);
    }
}
