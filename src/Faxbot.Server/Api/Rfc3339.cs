using System.Globalization;

namespace Faxbot.Server.Api;

/// <summary>Instants as RFC 3339 5.6 writes them. The offset is part of it: without one nobody knows which instant is meant.</summary>
internal static class Rfc3339
{
    private const string LocalTime = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF";
    private static readonly string[] Formats = [LocalTime + "'Z'", LocalTime + "zzz"];

    public static bool TryParse(string text, out DateTimeOffset instant) =>
        // 5.6: the letters may also be small.
        DateTimeOffset.TryParseExact(text.ToUpperInvariant(), Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instant);
}
