using DnsClient.Protocol;

namespace Faxbot.Lines.Embedded.Signalling.Names;

/// <summary>The order in which SRV records are tried (RFC 2782): by priority, and by chance in the measure of their weights within one.</summary>
internal static class ServiceOrder
{
    /// <param name="records">The records.</param>
    /// <param name="draw">A random number from 0 up to its argument, which it never reaches.</param>
    public static IEnumerable<SrvRecord> Of(IEnumerable<SrvRecord> records, Func<int, int> draw) =>
        records.GroupBy(record => record.Priority).OrderBy(group => group.Key).SelectMany(group => ByWeight([.. group], draw));

    private static IEnumerable<SrvRecord> ByWeight(List<SrvRecord> left, Func<int, int> draw)
    {
        // Those without weight stand first, so that they have a small chance beside others.
        left.Sort((one, other) => one.Weight.CompareTo(other.Weight));
        while (left.Count > 0)
        {
            var mark = draw(left.Sum(record => record.Weight) + 1);
            var chosen = 0;
            for (var sum = (int)left[0].Weight; sum < mark; sum += left[chosen].Weight) chosen++;
            yield return left[chosen];
            left.RemoveAt(chosen);
        }
    }
}
