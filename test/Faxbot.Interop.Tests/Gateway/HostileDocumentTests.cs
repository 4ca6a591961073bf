using System.IO.Compression;
using System.Text;
using Faxbot.Testing;
using Faxbot.Testing.Gateway;

namespace Faxbot.Interop.Tests.Gateway;

/// <summary>Documents that break a renderer, or would: the caller is told what is wrong with them, in bounded time and memory.</summary>
public sealed class HostileDocumentTests : IAsyncLifetime
{
    private const long Bound = 400L << 20;
    private const int Repeats = 2048;
    private static readonly byte[] Spaces = [.. Enumerable.Repeat((byte)' ', 1 << 20)];
    private TrunkGateway? _gateway;

    public async ValueTask InitializeAsync() => _gateway = await TrunkGateway.StartAsync(isPaced: false, null, ("FAXBOT_DOCUMENTS_MAX_TIME", "10s"));

    public async ValueTask DisposeAsync()
    {
        if (_gateway is not null) await _gateway.DisposeAsync();
    }

    [Fact]
    public Task A_cut_document_fails_as_a_document() => FailsAsync(Encoding.ASCII.GetBytes("%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Ty"));

    [Fact]
    public Task Pages_that_name_themselves_as_their_kids_fail_as_a_document() =>
        FailsAsync(Encoding.ASCII.GetBytes("%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Count 5/Kids[2 0 R 2 0 R]>>\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"));

    [Fact]
    public Task A_stream_of_two_gigabytes_in_a_few_kilobytes_fails_as_a_document() => FailsAsync(Pdf("[/FlateDecode/FlateDecode]", Flate(Flate(Spaces, Repeats), 1)));

    private async Task FailsAsync(byte[] document)
    {
        using var folder = new TempFolder();
        await File.WriteAllBytesAsync(folder.Of("document.pdf"), document);
        var accepted = await GatewayProcess.SendAsync(_gateway!.Client, "+15550003001", folder.Of("document.pdf"));
        var fax = await _gateway.WaitAsync(accepted.GetProperty("id").GetString()!, "failed", "success");

        Assert.Equal("failed", fax.GetProperty("state").GetString());
        var outcome = fax.GetProperty("outcome");
        Assert.Equal(("rejected", "document"), (outcome.GetProperty("class").GetString(), outcome.GetProperty("party").GetString()));
        Assert.NotEmpty(outcome.GetProperty("sentence").GetString()!);
        Assert.Empty(_gateway.Trunk.CallsTo("+15550003001"));
        Assert.InRange(_gateway.PeakMemory, 1, Bound);
    }

    private static byte[] Pdf(string filter, byte[] content)
    {
        using var output = new MemoryStream();
        output.Write(Encoding.ASCII.GetBytes(
            $"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\nendobj\n"
            + $"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<<>>>>\nendobj\n4 0 obj\n<</Length {content.Length}/Filter{filter}>>stream\n"));
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
}
