using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Faxbot.Bench.Gateway;

/// <summary>Uploads documents of 200 KB over connections that stay open, no two alike.</summary>
internal sealed class UploadClient : IDisposable
{
    private const int DocumentOctets = 200_000;
    private const string Boundary = "the-boundary-of-the-bench";
    private readonly HttpClient _client;
    private readonly byte[] _body;
    private readonly int _serialAt;
    private long _serial;

    /// <param name="address">Where <c>POST /fax</c> is.</param>
    /// <param name="key">An API key, or null.</param>
    public UploadClient(Uri address, string? key)
    {
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address };
        if (key is not null) _client.DefaultRequestHeaders.Add("X-API-Key", key);
        var start = Encoding.ASCII.GetBytes(
            $"--{Boundary}\r\nContent-Disposition: form-data; name=\"to\"\r\n\r\n+15550100100\r\n" +
            $"--{Boundary}\r\nContent-Disposition: form-data; name=\"send_at\"\r\n\r\n{Later}\r\n" +
            $"--{Boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"letter.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.7\n");
        var document = new byte[DocumentOctets];
        new Random(DocumentOctets).NextBytes(document);
        _body = [.. start, .. document, .. Encoding.ASCII.GetBytes($"\r\n--{Boundary}--\r\n")];
        _serialAt = start.Length;
    }

    /// <summary>How many it has begun so far.</summary>
    public long Uploads => Interlocked.Read(ref _serial);

    /// <summary>Uploads so many, several at once.</summary>
    public Task UploadAsync(int count) => Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, _) => await UploadAsync(_body.ToArray()));

    /// <summary>Uploads for that long, so many at once.</summary>
    /// <returns>Uploads a second that were answered with 202.</returns>
    public async Task<double> RateAsync(int atOnce, TimeSpan length)
    {
        var start = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(async () =>
        {
            var body = _body.ToArray();
            var count = 0;
            for (; Stopwatch.GetElapsedTime(start) < length; count++) await UploadAsync(body);
            return count;
        })));
        return counts.Sum() / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public void Dispose() => _client.Dispose();

    // Nothing is dispatched meanwhile.
    private static string Later => (TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(30)).ToString("O");

    private async Task UploadAsync(byte[] body)
    {
        BinaryPrimitives.WriteInt64LittleEndian(body.AsSpan(_serialAt), Interlocked.Increment(ref _serial));
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=" + Boundary);
        using var answer = await _client.PostAsync("/fax", content);
        if (answer.StatusCode != HttpStatusCode.Accepted) throw new InvalidOperationException($"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }
}
