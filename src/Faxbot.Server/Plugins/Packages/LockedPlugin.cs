namespace Faxbot.Server.Plugins.Packages;

/// <summary>One plugin in the lock file: the version that runs, and the one before it, to which it can be rolled back.</summary>
internal sealed record LockedPlugin
{
    /// <summary>The NuGet package that it came in.</summary>
    public required string Package { get; init; }

    /// <summary>The version that runs.</summary>
    public required string Current { get; init; }

    /// <summary>The version that ran before; null when there was none.</summary>
    public string? Previous { get; init; }

    /// <summary>Those two, by their versions.</summary>
    public required SortedDictionary<string, LockedVersion> Versions { get; init; }
}

/// <summary>What was installed of one version.</summary>
internal sealed record LockedVersion
{
    /// <summary>The feed or folder that it came from.</summary>
    public required string Source { get; init; }

    /// <summary>Of the package's file, in hexadecimal.</summary>
    public required string Sha512 { get; init; }

    /// <summary>Of the installed file set, as <see cref="PackageDigest"/> makes it.</summary>
    public required string FilesSha512 { get; init; }

    /// <summary>The SHA-512 of each installed file, by its path.</summary>
    public required SortedDictionary<string, string> Files { get; init; }

    /// <summary>The packages that it needs, in the versions that were installed with it.</summary>
    public required IReadOnlyList<LockedDependency> Dependencies { get; init; }

    /// <summary>The SHA-256 fingerprint of the certificate that its package is signed with; null when it is not signed.</summary>
    public string? Signer { get; init; }

    public required DateTimeOffset InstalledAt { get; init; }
}

/// <summary>A package that a plugin needs.</summary>
internal sealed record LockedDependency(string Id, string Version, string Source, string Sha512);
