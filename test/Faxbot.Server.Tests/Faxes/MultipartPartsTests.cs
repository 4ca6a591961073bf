using System.IO.Pipelines;
using System.Text;
using CsCheck;
using Faxbot.Server.Faxes;

namespace Faxbot.Server.Tests.Faxes;

public sealed class MultipartPartsTests
{
    private const string Boundary = "frontier";
    // Nearly delimiters, and what a careless search would take for one.
    private const string Tricky = "\r\n--frontie\r\n--\r\r\n--fronties--frontier\n--frontier\r\n-\r\n--fron\r";
    private static readonly string Whole =
        Part("to", "+15550100") + Part("file", Tricky) + Part("empty", "") + Part("last", "\r\n") + $"--{Boundary}--\r\n";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(17)]
    [InlineData(64 * 1024)]
    public async Task Parts_are_the_same_wherever_the_body_is_split(int buffer)
    {
        string[] expected = ["to=+15550100", "file=" + Tricky, "empty=", "last=\r\n"];

        for (var cut = 0; cut <= Whole.Length; cut++) Assert.Equal(expected, await ReadAsync(Whole, buffer, cut, Whole.Length));
        Assert.Equal(expected, await ReadAsync(Whole, buffer, 1, 1));
    }

    [Fact]
    public async Task Whatever_a_part_has_comes_out_of_it() => await Gen.Select(Gen.OneOf(Gen.Char["\r\n-frontie"], Gen.Char["\r\n-"]).Array[0, 60], Gen.Int[1, 40], Gen.Int[1, 20]).SampleAsync(
        async (letters, piece, buffer) =>
        {
            var content = new string(letters);
            if (("\r\n" + content).Contains("\r\n--" + Boundary, StringComparison.Ordinal)) return true;
            return (await ReadAsync(Part("a", content) + $"--{Boundary}--", buffer, piece, piece)) is [var only] && only == "a=" + content;
        },
        iter: 20_000);

    [Fact]
    public async Task What_stands_before_and_behind_the_parts_is_passed_over() =>
        Assert.Equal(["a=1", "b=2"], await ReadAsync($"to whom it may concern\r\n--frontie\r\n{Part("a", "1")}{Part("b", "2")}--{Boundary}-- the end", 10, 7, 7));

    [Fact]
    public async Task Blanks_may_follow_a_delimiter_and_a_header_may_be_missing()
    {
        var parts = Parts($"--{Boundary} \t\r\n\r\nfirst\r\n--{Boundary}\r\nA: b\r\nC: d\r\n\r\nsecond\r\n--{Boundary}--", 1000, 1000);

        Assert.Empty((await parts.NextAsync(Cancel))!);
        Assert.Equal("first", await TextAsync(parts, 100));
        Assert.Equal(["A: b", "C: d"], await parts.NextAsync(Cancel));
        Assert.Equal("second", await TextAsync(parts, 100));
        Assert.Null(await parts.NextAsync(Cancel));
        Assert.Null(await parts.NextAsync(Cancel));
    }

    [Fact]
    public async Task A_part_that_is_not_read_is_passed_over()
    {
        var parts = Parts(Part("a", new string('x', 20_000)) + Part("b", "2") + $"--{Boundary}--", 999, 999);

        await parts.NextAsync(Cancel);
        await parts.NextAsync(Cancel);

        Assert.Equal("2", await TextAsync(parts, 100));
    }

    [Fact]
    public async Task A_body_that_ends_too_early_is_never_taken_for_a_whole_one()
    {
        for (var length = 0; length < Whole.Length - "\r\n".Length; length++)
            await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(Whole[..length], 100, 13, 13));
    }

    [Fact]
    public async Task Headers_have_a_limit_and_delimiters_a_form()
    {
        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync($"--{Boundary}\r\nA: {new string('x', 5000)}\r\n\r\n\r\n--{Boundary}--", 100, 500, 500));
        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync($"--{Boundary}\r\n{string.Concat(Enumerable.Repeat("A: b\r\n", 17))}\r\n\r\n--{Boundary}--", 100, 500, 500));
        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync($"--{Boundary}s\r\n\r\n\r\n--{Boundary}--", 100, 500, 500));
    }

    private static string Part(string name, string value) => $"--{Boundary}\r\nContent-Disposition: form-data; name={name}\r\n\r\n{value}\r\n";

    private static async Task<string[]> ReadAsync(string body, int buffer, int first, int others)
    {
        var parts = Parts(body, first, others);
        List<string> read = [];
        while (await parts.NextAsync(Cancel) is { } header) read.Add(header.Single().Split("name=")[1] + "=" + await TextAsync(parts, buffer));
        return [.. read];
    }

    private static async Task<string> TextAsync(MultipartParts parts, int buffer)
    {
        using var text = new MemoryStream();
        var octets = new byte[buffer];
        int count;
        while ((count = await parts.ReadAsync(octets, Cancel)) > 0) text.Write(octets, 0, count);
        return Encoding.ASCII.GetString(text.ToArray());
    }

    private static MultipartParts Parts(string body, int first, int others) =>
        new(PipeReader.Create(new PiecesStream(Encoding.ASCII.GetBytes(body), first, others)), Boundary);

    /// <summary>Gives the first piece, then the others, each in a read of its own.</summary>
    private sealed class PiecesStream(byte[] octets, int first, int others) : MemoryStream(octets)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var piece = Position == 0 && first > 0 ? first : others;
            return base.ReadAsync(buffer[..int.Min(buffer.Length, piece)], cancellationToken);
        }
    }
}
