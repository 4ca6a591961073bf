using System.IO.Compression;
using System.Text;
using Faxbot.CrashSoak;
using Faxbot.Testing;
using Faxbot.Testing.Gateway;

namespace Faxbot.Interop.Tests.Gateway;

/// <summary>Documents that break a renderer, or would: the caller is told what is wrong with them, in bounded time and memory.</summary>
public sealed class HostileDocumentTests(HostileDocumentTests.Victim victim) : IClassFixture<HostileDocumentTests.Victim>
{
    private const long Bound = 400L << 20;
    private const int Repeats = 2048;
    private static readonly byte[] Spaces = [.. Enumerable.Repeat((byte)' ', 1 << 20)];

    [Fact]
    public Task A_cut_document_fails_as_a_document() => FailsAsync("+15550003001", Encoding.ASCII.GetBytes("%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Ty"));

    [Fact]
    public Task Pages_that_name_themselves_as_their_kids_fail_as_a_document() => FailsAsync(
        "+15550003002",
        Encoding.ASCII.GetBytes("%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Count 5/Kids[2 0 R 2 0 R]>>\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"));

    [Fact]
    public Task A_stream_of_two_gigabytes_in_a_few_kilobytes_fails_as_a_document() =>
        FailsAsync("+15550003003", Pdf("612 792", "/Filter[/FlateDecode/FlateDecode]", Flate(Flate(Spaces, Repeats), 1)));

    // Acrobat's own limit of a page is 14400 points; nothing holds the other two back.
    [Theory]
    [InlineData("14400 14400", "+15550003004")]
    [InlineData("14400 20", "+15550003005")]
    [InlineData("20 14400", "+15550003006")]
    [InlineData("2000000000 2000000000", "+15550003007")]
    public async Task A_page_of_enormous_size_is_scaled_or_fails_as_a_document(string size, string number)
    {
        var state = await EndAsync(number, Pdf(size, "", Encoding.ASCII.GetBytes("0 0 m 9999 9999 l S")));

        Assert.Equal(state == "success" ? [1] : [], victim.Gateway.Trunk.CallsTo(number).Select(call => call.Pages));
    }

    private async Task FailsAsync(string number, byte[] document)
    {
        Assert.Equal("failed", await EndAsync(number, document));
        Assert.Empty(victim.Gateway.Trunk.CallsTo(number));
    }

    private async Task<string> EndAsync(string number, byte[] document)
    {
        using var folder = new TempFolder();
        await File.WriteAllBytesAsync(folder.Of("document.pdf"), document);
        var accepted = await GatewayProcess.SendAsync(victim.Gateway.Client, number, folder.Of("document.pdf"));
        var fax = await victim.Gateway.WaitAsync(accepted.GetProperty("id").GetString()!, "failed", "success");

        var (state, outcome) = (fax.GetProperty("state").GetString()!, fax.GetProperty("outcome"));
        TestContext.Current.TestOutputHelper?.WriteLine($"{state}: {outcome.GetProperty("sentence").GetString()}");
        if (state == "failed") Assert.Equal(("rejected", "document"), (outcome.GetProperty("class").GetString(), outcome.GetProperty("party").GetString()));
        Assert.NotEmpty(outcome.GetProperty("sentence").GetString()!);
        Assert.InRange(victim.Gateway.PeakMemory, 1, Bound);
        return state;
    }

    private static byte[] Pdf(string size, string filter, byte[] content)
    {
        using var output = new MemoryStream();
        output.Write(Encoding.ASCII.GetBytes(
            $"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\nendobj\n"
            + $"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 {size}]/Contents 4 0 R/Resources<<>>>>\nendobj\n4 0 obj\n<</Length {content.Length}{filter}>>stream\n"));
        output.Write(content);
        output.Write("\nendstream\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"u8);
        return output.ToArray();
    }

    private static byte[] Flate(byte[] content, int repeats)
    {
        using var output = new MemoryStream();
        using (var flate = new ZLibStream(output, CompressionLevel.Fastest))
        {
            for (var i = 0; i < repeats; i++) flate.Write(content);
        }

        return output.ToArray();
    }

    /// <summary>The gateway that is given them.</summary>
    public sealed class Victim : IAsyncLifetime
    {
        private TrunkGateway? _gateway;

        internal TrunkGateway Gateway => _gateway!;

        /// <inheritdoc/>
        public async ValueTask InitializeAsync() => _gateway = await TrunkGateway.StartAsync(isPaced: false, null, ("FAXBOT_DOCUMENTS_MAX_TIME", "5s"));

        /// <inheritdoc/>
        public async ValueTask DisposeAsync()
        {
            if (_gateway is not null) await _gateway.DisposeAsync();
        }
    }
}
