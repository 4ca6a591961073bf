using System.Security.Cryptography.X509Certificates;

namespace Faxbot.Lines.Asterisk;

/// <summary>An Asterisk that carries calls, reached over its manager interface (AMI).</summary>
public sealed record AsteriskServer
{
    /// <summary>A name for people and for the ids of what it received; it stays the same as long as the server does.</summary>
    public required string Name { get; init; }

    /// <summary>Host name or address of the manager interface.</summary>
    public required string Host { get; init; }

    /// <summary>Its port; null takes 5038, 5039 with TLS.</summary>
    public int? Port { get; init; }

    /// <summary>The manager user. It needs the classes call, originate, user and system, and message where text messages are sent.</summary>
    public required string User { get; init; }

    /// <summary>Its secret. It never crosses the network in the clear (challenge with MD5).</summary>
    public required string Secret { get; init; }

    /// <summary>Whether the manager interface is reached over TLS.</summary>
    public bool Tls { get; init; }

    /// <summary>The name in the server's certificate, where it is not <see cref="Host"/>.</summary>
    public string? TlsName { get; init; }

    /// <summary>Roots that vouch for the server's certificate, beside the system's.</summary>
    public X509Certificate2Collection TlsRoots { get; init; } = [];

    /// <summary>The hand-over folder as this machine sees it. Faxes to be sent are in <c>out</c>, received ones in <c>in</c>.</summary>
    public required string FolderHere { get; init; }

    /// <summary>The same folder as Asterisk sees it.</summary>
    public required string FolderThere { get; init; }

    /// <summary>The most calls at once that are placed over it.</summary>
    public int MaxCalls { get; init; } = 100;

    /// <summary>The port that is dialled.</summary>
    public int ManagerPort => Port ?? (Tls ? 5039 : 5038);

    /// <inheritdoc/>
    public override string ToString() => $"{nameof(AsteriskServer)} {{ Name = {Name}, Host = {Host}, User = {User}, Secret = *** }}";
}
