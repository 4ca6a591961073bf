using Faxbot.Server.Content;

namespace Faxbot.Server.Tests.Content;

public sealed class ContentNamingTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, RingKey.Octets).Select(i => (byte)i)];

    [Fact]
    public void Equal_content_has_one_name_and_another_key_gives_another()
    {
        var content = Octets(3 * SealedHeader.ChunkOctets + 5);

        Assert.True(ContentId.IsValid(Name(Key, content)));
        Assert.Equal(Name(Key, content), Name(Key, [.. content]));
        Assert.NotEqual(Name(Key, content), Name([.. Key.Reverse()], content));
    }

    [Fact]
    public void Whatever_is_changed_moved_or_left_out_changes_the_name()
    {
        const int Chunk = SealedHeader.ChunkOctets;
        var content = Octets(2 * Chunk + 100);
        var flipped = content.ToArray();
        flipped[Chunk + 7] ^= 1;
        byte[][] others =
        [
            flipped,
            [.. content[Chunk..(2 * Chunk)], .. content[..Chunk], .. content[(2 * Chunk)..]],
            content[Chunk..],
            content[..^1],
            content[..(2 * Chunk)],
            content[..Chunk],
            [.. content, 0],
            [0],
            [],
        ];

        Assert.Equal(others.Length + 1, others.Append(content).Select(one => Name(Key, one)).Distinct().Count());
    }

    [Fact]
    public void Repeated_chunks_do_not_cancel_each_other()
    {
        var zeros = Enumerable.Range(0, 5).Select(chunks => Name(Key, new byte[chunks * SealedHeader.ChunkOctets]));

        Assert.Equal(5, zeros.Distinct().Count());
    }

    private static string Name(byte[] key, ReadOnlySpan<byte> content)
    {
        using var naming = new ContentNaming(key);
        for (var isLast = false; !isLast;)
        {
            var length = int.Min(content.Length, SealedHeader.ChunkOctets);
            naming.Append(content[..length]);
            content = content[length..];
            isLast = length < SealedHeader.ChunkOctets;
        }

        return naming.Finish();
    }

    private static byte[] Octets(int count)
    {
        var octets = new byte[count];
        new Random(count).NextBytes(octets);
        return octets;
    }
}
