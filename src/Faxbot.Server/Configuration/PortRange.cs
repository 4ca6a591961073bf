using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Faxbot.Server.Configuration;

/// <summary>Neighbouring ports.</summary>
/// <param name="First">The lowest.</param>
/// <param name="Last">The highest.</param>
internal sealed record PortRange(int First, int Last)
{
    public static bool TryParse(string text, [NotNullWhen(true)] out PortRange? range)
    {
        range = null;
        var parts = text.Split('-', StringSplitOptions.TrimEntries);
        if (parts.Length != 2 || !TryPort(parts[0], out var first) || !TryPort(parts[1], out var last) || first > last) return false;
        range = new PortRange(first, last);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{First}-{Last}");

    private static bool TryPort(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= ushort.MaxValue;
}
