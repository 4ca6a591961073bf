using System.Globalization;

namespace Faxbot.Server.Configuration;

/// <summary>A size.</summary>
/// <param name="Octets">In octets.</param>
internal readonly record struct OctetCount(long Octets)
{
    private const long Thousand = 1000;
    private static readonly (string Unit, long Octets)[] Units = [("GB", Thousand * Thousand * Thousand), ("MB", Thousand * Thousand), ("KB", Thousand), ("B", 1)];

    public static OctetCount Megabytes(long count) => new(count * Thousand * Thousand);

    /// <summary>Whole numbers with a unit of powers of ten: <c>10MB</c>, <c>500 KB</c>.</summary>
    public static bool TryParse(string text, out OctetCount count)
    {
        count = default;
        foreach (var (unit, octets) in Units)
        {
            if (!text.EndsWith(unit, StringComparison.OrdinalIgnoreCase)) continue;
            var number = text.AsSpan(0, text.Length - unit.Length).TrimEnd();
            if (!long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value > long.MaxValue / octets) return false;
            count = new OctetCount(value * octets);
            return true;
        }

        return false;
    }

    public override string ToString()
    {
        foreach (var (unit, octets) in Units)
        {
            if (Octets % octets == 0 && Octets >= octets) return string.Create(CultureInfo.InvariantCulture, $"{Octets / octets}{unit}");
        }

        return "0B";
    }
}
