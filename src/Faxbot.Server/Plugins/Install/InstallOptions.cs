namespace Faxbot.Server.Plugins.Install;

/// <summary>From where plugins may be installed, and what is taken.</summary>
internal sealed record InstallOptions
{
    /// <summary>Feeds (the addresses of their V3 service indexes) and folders, in the order in which they are asked.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>What feeds that ask for it are shown.</summary>
    public IReadOnlyList<FeedCredentials> Credentials { get; init; } = [];

    /// <summary>Whether each package must be signed by somebody who is trusted.</summary>
    public bool RequireSignature { get; init; }

    /// <summary>SHA-256 fingerprints, in hexadecimal, of certificates that are trusted although no authority that this machine knows vouches for them.</summary>
    public IReadOnlyList<string> TrustedSigners { get; init; } = [];

    public PackageLimits Limits { get; init; } = new();

    /// <summary>What a feed may take to say what it has.</summary>
    public TimeSpan AnswerTime { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>What a feed may take to give one package.</summary>
    public TimeSpan DownloadTime { get; init; } = TimeSpan.FromMinutes(5);
}
