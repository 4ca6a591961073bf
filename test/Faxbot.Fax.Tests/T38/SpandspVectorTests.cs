using Faxbot.Fax.T38;
using Faxbot.Testing;

namespace Faxbot.Fax.Tests.T38;

/// <summary>The packets of libspandsp, a T.38 engine that is not ours.</summary>
public sealed class SpandspVectorTests
{
    private sealed record Vector(int Version, byte[] Octets, string Meaning);

    private static readonly List<Vector> Vectors = [.. File
        .ReadLines(RepositoryRoot.Of("test", "corpus", "ifp", "libspandsp.txt"))
        .Where(line => !line.StartsWith('#'))
        .Select(line => line.Split(' ', 3))
        .Select(parts => new Vector(int.Parse(parts[0]), Hex.Octets(parts[1]), parts[2]))];

    [Fact]
    public void Every_packet_means_to_us_what_it_means_to_libspandsp()
    {
        Assert.Equal(103, Vectors.Count);
        foreach (var vector in Vectors)
            Assert.Equal(vector.Meaning, IfpText.Of(vector.Octets, vector.Version));
    }

    [Fact]
    public void Our_writer_makes_the_same_octets_unless_a_field_follows_one_without_data()
    {
        foreach (var vector in Vectors.Where(vector => !vector.Meaning.Contains(": hdlc-fcs-OK h", StringComparison.Ordinal)))
        {
            IfpPacket.TryParse(vector.Octets, vector.Version, out var packet);
            var octets = new byte[vector.Octets.Length];
            Assert.Equal(octets.Length, IfpCopy.Write(packet, vector.Version, octets));
            Assert.Equal(Hex.Text(vector.Octets), Hex.Text(octets));
        }
    }
}
