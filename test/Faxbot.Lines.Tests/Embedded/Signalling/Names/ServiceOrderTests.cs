using DnsClient;
using DnsClient.Protocol;
using Faxbot.Lines.Embedded.Signalling.Names;

namespace Faxbot.Lines.Tests.Embedded.Signalling.Names;

public sealed class ServiceOrderTests
{
    [Fact]
    public void Tries_by_priority_whatever_the_weights() =>
        Assert.Equal([1, 2, 3], Order(_ => 0, Record(30, 100, 3), Record(10, 1, 1), Record(20, 0, 2)));

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 1)]
    [InlineData(10, 1)]
    [InlineData(11, 3)]
    [InlineData(40, 3)]
    public void Draws_by_weight_within_a_priority(int mark, int first) =>
        Assert.Equal(first, Order(most => Math.Min(mark, most - 1), Record(1, 10, 1), Record(1, 0, 2), Record(1, 30, 3))[0]);

    [Fact]
    public void Tries_each_once()
    {
        var random = new Random(1);
        for (var i = 0; i < 100; i++)
            Assert.Equal([1, 2, 3, 4], Order(random.Next, Record(1, 0, 1), Record(1, 65_535, 2), Record(1, 65_535, 3), Record(1, 0, 4)).Order());
    }

    private static List<int> Order(Func<int, int> draw, params SrvRecord[] records) => [.. ServiceOrder.Of(records, draw).Select(record => (int)record.Port)];

    private static SrvRecord Record(ushort priority, ushort weight, ushort port) => new(
        new ResourceRecordInfo("_sip._udp.trunk.test", ResourceRecordType.SRV, QueryClass.IN, 300, 0), priority, weight, port, DnsString.Parse("a.test"));
}
