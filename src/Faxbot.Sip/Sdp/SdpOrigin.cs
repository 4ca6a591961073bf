using System.Globalization;

namespace Faxbot.Sip.Sdp;

/// <summary>The <c>o=</c> line (RFC 8866 5.2). Session id and version are kept as text: peers write numbers of any length.</summary>
public sealed record SdpOrigin(
    string Username, string SessionId, string SessionVersion, string NetworkType, string AddressType, string Address)
{
    /// <summary>Our own origin.</summary>
    /// <param name="sessionId">Unique among our sessions.</param>
    /// <param name="version">Where the version starts.</param>
    /// <param name="address">Our address.</param>
    public static SdpOrigin Create(ulong sessionId, ulong version, string address) =>
        new("-", sessionId.ToString(CultureInfo.InvariantCulture), version.ToString(CultureInfo.InvariantCulture), "IN",
            SdpConnection.AddressTypeOf(address), address);

    /// <summary>With the version one higher, as each changed description must have it (RFC 3264 8).</summary>
    /// <exception cref="InvalidOperationException">The version is no number, so not ours.</exception>
    public SdpOrigin WithNextVersion() =>
        ulong.TryParse(SessionVersion, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? this with { SessionVersion = unchecked(version + 1).ToString(CultureInfo.InvariantCulture) }
            : throw new InvalidOperationException("Only a numeric version can be raised.");

    /// <summary>Same session and same version: the description is the one that we know already (RFC 3264 8).</summary>
    public bool IsSameVersionAs(SdpOrigin other) => IsSameSessionAs(other) && SessionVersion == other.SessionVersion;

    /// <summary>All but the version is equal.</summary>
    public bool IsSameSessionAs(SdpOrigin other) => this == other with { SessionVersion = SessionVersion };

    public override string ToString() => $"{Username} {SessionId} {SessionVersion} {NetworkType} {AddressType} {Address}";

    internal static bool TryRead(string text, out SdpOrigin origin)
    {
        origin = new SdpOrigin("-", "0", "0", "IN", "IP4", "0.0.0.0");
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < 6)
        {
            return false;
        }

        // A user name has no spaces; where a device writes one, the last five fields are still the ones that count.
        origin = new SdpOrigin(string.Join(' ', fields[..^5]), fields[^5], fields[^4], fields[^3], fields[^2], fields[^1]);
        return true;
    }
}
