using System.Buffers.Text;
using System.Net;
using Faxbot.Server.Content;
using Faxbot.Server.Rendering;
using Faxbot.Server.Tests.Api;

namespace Faxbot.Server.Tests.Rendering;

public sealed class PublishedDocumentsTests : EndpointTests
{
    private static readonly Uri Public = new("https://fax.example.com");

    [Fact]
    public async Task A_document_can_be_fetched_until_its_time_is_over()
    {
        var path = await PublishAsync(TimeSpan.FromMinutes(10));
        using var provider = Gateway.Anonymous();

        using var inTime = await provider.GetAsync(path, Cancel);
        Gateway.Time.Advance(TimeSpan.FromMinutes(10));
        using var late = await provider.GetAsync(path, Cancel);

        Assert.Equal("pages", await inTime.Content.ReadAsStringAsync(Cancel));
        Assert.True(inTime.Headers.CacheControl!.NoStore);
        Assert.Equal(HttpStatusCode.NotFound, late.StatusCode);
    }

    [Fact]
    public async Task However_long_a_plugin_asks_for_a_day_is_the_most()
    {
        var path = await PublishAsync(TimeSpan.MaxValue);
        using var provider = Gateway.Anonymous();

        Gateway.Time.Advance(TimeSpan.FromDays(1));
        using var late = await provider.GetAsync(path, Cancel);

        Assert.Equal(HttpStatusCode.NotFound, late.StatusCode);
    }

    [Fact]
    public async Task Forged_tokens_open_nothing_and_break_nothing()
    {
        var path = await PublishAsync(TimeSpan.FromMinutes(10));
        var token = Base64Url.DecodeFromChars(path.AsSpan(PublishedDocuments.Path.Length));
        using var provider = Gateway.Anonymous();
        for (var at = 0; at < token.Length; at++)
        {
            var forged = token.ToArray();
            forged[at] ^= 1;
            using var answer = await provider.GetAsync(PublishedDocuments.Path + Base64Url.EncodeToString(forged), Cancel);
            Assert.Equal((at, HttpStatusCode.NotFound), (at, answer.StatusCode));
        }

        // Another sealed text, such as a secret of the gateway, is no ticket.
        var other = Gateway.Get<SecretBox>().Seal("no ticket"u8);
        foreach (var text in new[] { "a", "..%2F..%2Fkeys.json", Base64Url.EncodeToString(other) })
        {
            using var answer = await provider.GetAsync(PublishedDocuments.Path + text, Cancel);
            Assert.Equal((text, HttpStatusCode.NotFound), (text, answer.StatusCode));
        }
    }

    private async Task<string> PublishAsync(TimeSpan lifetime)
    {
        var stored = await Gateway.Get<ContentStore>().PutAsync(new MemoryStream("pages"u8.ToArray()), 100, Cancel);
        return Gateway.Get<PublishedDocuments>().Publish(Public, stored.Id, "image/tiff", lifetime).AbsolutePath;
    }
}
