using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Faxbot.Server.Api;
using Faxbot.Server.Jobs;
using Faxbot.Server.Keys;
using Faxbot.Server.Tests.Api;

namespace Faxbot.Server.Tests.Faxes;

public sealed class FaxUploadTests() : EndpointTests(Scopes.FaxSend, Scopes.FaxRead)
{
    private const string Boundary = "frontier";

    private protected override Task<HttpGateway> StartAsync() => HttpGateway.StartAsync(new ApiOptions { MostDocumentOctets = 100_000, RequestsPerMinute = 100_000 });

    [Theory]
    [InlineData("%PDF-1.7\n...", "application/pdf")]
    [InlineData("Dear Sir or Madam, größe ✓\r\n", "text/plain")]
    [InlineData("\u0089PNG\r\n\u001a\n....", "image/png")]
    [InlineData("\u00FF\u00D8\u00FF....", "image/jpeg")]
    [InlineData("II*\0....", "image/tiff")]
    public async Task The_type_comes_from_the_content_and_the_declared_one_is_ignored(string content, string type)
    {
        var octets = type.StartsWith("image/", StringComparison.Ordinal) ? Encoding.Latin1.GetBytes(content) : Encoding.UTF8.GetBytes(content);

        using var answer = await SendAsync(octets, "application/x-msdownload", "letter.exe");

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(type, Assert.Single(await JobsAsync()).MediaType);
    }

    [Theory]
    [InlineData("PK\u0003\u0004 a spreadsheet", "Save it as PDF")]
    [InlineData("%!PS-Adobe-3.0", "Convert it to PDF")]
    [InlineData("caf\u00E9 in Latin-1", "UTF-8")]
    [InlineData("\u0000\u0001\u0002", "")]
    public async Task What_cannot_be_faxed_is_refused_with_what_to_send_in_its_place(string content, string advice)
    {
        using var answer = await SendAsync(Encoding.Latin1.GetBytes(content), "application/pdf", "letter.pdf");

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Contains(advice, await DetailAsync(answer), StringComparison.Ordinal);
        Assert.Empty(await JobsAsync());
    }

    [Fact]
    public async Task An_upload_of_two_gigabytes_is_refused_at_the_limit_and_leaves_nothing()
    {
        var zeros = new ZeroContent(2L << 30);
        using var form = new MultipartFormDataContent { { new StringContent("+15551234567"), "to" }, { zeros, "file", "zeros" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/fax") { Content = form, Headers = { TransferEncodingChunked = true } };

        var status = await StatusOfRefusalAsync(request);

        Assert.True(status is null or HttpStatusCode.RequestEntityTooLarge, $"{status}");
        Assert.InRange(zeros.Written, 1, 64L << 20);
        Assert.Empty(await JobsAsync());
        Assert.Equal(0, new DirectoryInfo(Gateway.Contents).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length));
    }

    [Fact]
    public async Task A_document_just_above_the_limit_is_told_so_and_one_at_the_limit_is_taken()
    {
        using var taken = await SendAsync(Pdf(100_000), "application/pdf", "a");
        using var refused = await SendAsync(Pdf(100_001), "application/pdf", "b");

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.RequestEntityTooLarge), (taken.StatusCode, refused.StatusCode));
        Assert.Contains("100000", await DetailAsync(refused), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../../etc/passwd")]
    [InlineData("C:\\windows\\system32\\a.pdf")]
    [InlineData("a\u0000b.pdf")]
    [InlineData("'; drop table faxes; --")]
    public async Task A_hostile_file_name_is_nothing_but_ignored(string name)
    {
        var part = $"Content-Disposition: form-data; name=\"file\"; filename=\"{name}\"";

        var answer = await RawAsync(Part("to", "+15551234567") + $"--{Boundary}\r\n{part}\r\n\r\n%PDF-1.4\r\n--{Boundary}--\r\n");

        Assert.True(answer.StartsWith("HTTP/1.1 202", StringComparison.Ordinal) || answer.StartsWith("HTTP/1.1 400", StringComparison.Ordinal), answer);
        Assert.All(Directory.EnumerateFiles(Gateway.Contents, "*", SearchOption.AllDirectories), file => Assert.Matches("^[0-9a-f]+$", Path.GetFileName(file)));
    }

    [Fact]
    public async Task Fields_come_before_or_after_the_document()
    {
        var document = $"--{Boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n%PDF-1.4\r\n";

        Assert.StartsWith("HTTP/1.1 202", await RawAsync(Part("to", "+15551234567") + document + $"--{Boundary}--\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 202", await RawAsync(document + Part("to", "+15551234567") + $"--{Boundary}--\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_and_empty_parts_are_named()
    {
        Assert.Contains("file", await RawAsync(Part("to", "+15551234567") + $"--{Boundary}--\r\n"), StringComparison.Ordinal);
        var answer = await RawAsync(Part("file", "") + $"--{Boundary}--\r\n");
        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Contains("\"to\"", answer, StringComparison.Ordinal);
        Assert.Contains("empty", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upload_that_ends_too_early_is_not_accepted()
    {
        var cut = Part("to", "+15551234567") + $"--{Boundary}\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n%PDF-1.4 and no boundary after it";

        Assert.StartsWith("HTTP/1.1 400", await RawAsync(cut), StringComparison.Ordinal);
        Assert.Empty(await JobsAsync());
    }

    [Fact]
    public async Task A_request_that_is_refused_leaves_no_document()
    {
        var document = $"--{Boundary}\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n%PDF-1.4\r\n";

        Assert.StartsWith("HTTP/1.1 400", await RawAsync(document + Part("to", "nobody") + $"--{Boundary}--\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 400", await RawAsync(document + document + Part("to", "+15551234567") + $"--{Boundary}--\r\n"), StringComparison.Ordinal);

        Assert.Empty(Directory.EnumerateFiles(Gateway.Contents, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Too_many_parts_and_too_long_fields_are_refused()
    {
        Assert.StartsWith("HTTP/1.1 400", await RawAsync(string.Concat(Enumerable.Range(0, 40).Select(i => Part($"f{i}", "x"))) + $"--{Boundary}--\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 413", await RawAsync(Part("to", new string('1', 5000)) + $"--{Boundary}--\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_not_multipart_is_refused()
    {
        using var answer = await Client.Http.PostAsync("/fax", new StringContent("{}", Encoding.UTF8, "application/json"), Cancel);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Contains("multipart", await DetailAsync(answer), StringComparison.Ordinal);
    }

    // The gateway answers in the middle of the request and hangs up: the client sees the answer, or that its connection broke.
    private async Task<HttpStatusCode?> StatusOfRefusalAsync(HttpRequestMessage request)
    {
        try
        {
            using var answer = await Client.Http.SendAsync(request, Cancel);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private async Task<HttpResponseMessage> SendAsync(byte[] octets, string type, string name)
    {
        var file = new ByteArrayContent(octets);
        file.Headers.ContentType = new MediaTypeHeaderValue(type);
        using var form = new MultipartFormDataContent { { new StringContent("+15551234567"), "to" }, { file, "file", name } };
        return await Client.Http.PostAsync("/fax", form, Cancel);
    }

    private async Task<string> RawAsync(string body)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(Gateway.Address.Host, Gateway.Address.Port, Cancel);
        var octets = Encoding.UTF8.GetBytes(body);
        var head = $"POST /fax HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-API-Key: {Client.Token}\r\nContent-Type: multipart/form-data; boundary={Boundary}\r\nContent-Length: {octets.Length}\r\n\r\n";
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), Cancel);
        await socket.GetStream().WriteAsync(octets, Cancel);
        using var reader = new StreamReader(socket.GetStream());
        return await reader.ReadToEndAsync(Cancel);
    }

    private async Task<IReadOnlyList<FaxJob>> JobsAsync() => (await Gateway.Get<IJobBook>().ListAsync(new JobQuery(), Cancel)).Jobs;

    private static async Task<string> DetailAsync(HttpResponseMessage answer) =>
        JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancel)).GetProperty("detail").GetString()!;

    private static byte[] Pdf(int octets)
    {
        var pdf = new byte[octets];
        "%PDF-1.4"u8.CopyTo(pdf);
        return pdf;
    }

    private static string Part(string name, string value) => $"--{Boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n";

    private sealed class ZeroContent(long length) : HttpContent
    {
        private static readonly byte[] Zeros = new byte[64 * 1024];

        public long Written { get; private set; }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            for (; Written < length; Written += Zeros.Length) await stream.WriteAsync(Zeros);
        }

        protected override bool TryComputeLength(out long octets)
        {
            octets = 0;
            return false;
        }
    }
}
