namespace Faxbot.Server.Storage;

/// <summary>Instants as rows have them: milliseconds since 1970.</summary>
internal static class UnixTime
{
    /// <summary>The instant; null where the row has none.</summary>
    public static DateTimeOffset? ToInstant(this long? milliseconds) => milliseconds is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
}
