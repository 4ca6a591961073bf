namespace Faxbot.Server.Plugins.Install;

/// <summary>How large packages may be: what is larger is meant to do harm, or belongs elsewhere.</summary>
internal sealed record PackageLimits
{
    /// <summary>Octets of a package as it comes.</summary>
    public long Package { get; init; } = 100_000_000;

    /// <summary>Octets of its largest file.</summary>
    public long File { get; init; } = 200_000_000;

    /// <summary>Octets of all that is installed for a plugin.</summary>
    public long Unpacked { get; init; } = 500_000_000;

    /// <summary>Files in a package.</summary>
    public int Files { get; init; } = 5_000;

    /// <summary>Packages that a plugin may need.</summary>
    public int Packages { get; init; } = 100;
}
