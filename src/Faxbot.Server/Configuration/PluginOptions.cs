using Faxbot.Server.Plugins.Install;

namespace Faxbot.Server.Configuration;

/// <summary>Where plugins come from and lie.</summary>
internal sealed record PluginOptions
{
    [Setting("The folder of installed plugins.", IsPath = true)]
    public string Folder { get; init; } = "{data_folder}/plugins";

    [Setting("The feeds and folders that plugins may be installed from.", IsPath = true)]
    public IReadOnlyList<string> Sources { get; init; } = ["https://api.nuget.org/v3/index.json"];

    [Setting(
        "What feeds that ask for it are shown, one each: `ADDRESS USER:PASSWORD` or `ADDRESS HEADER: VALUE`, with the address as in `plugins.sources`; `@file:PATH` reads it from a file. It goes to that feed's host alone.",
        Unset = "nothing", Example = "https://api.nuget.org/v3/index.json me:my-password")]
    public IReadOnlyList<FeedCredentials> FeedCredentials { get; init; } = [];

    [Setting("Whether each package that is installed must be signed by somebody whom this machine or `plugins.trusted_signers` trusts. A wrong signature is refused in any case.")]
    public bool RequireSignature { get; init; }

    [Setting("SHA-256 fingerprints of signing certificates that are trusted although no authority of this machine vouches for them.", Unset = "none")]
    public IReadOnlyList<string> TrustedSigners { get; init; } = [];

    [Setting("The largest package that is downloaded.", Min = 1)]
    public OctetCount MaxPackage { get; init; } = OctetCount.Megabytes(100);

    [Setting("The most that one plugin may take when it is unpacked, with all that it needs.", Min = 1)]
    public OctetCount MaxUnpacked { get; init; } = OctetCount.Megabytes(500);

    [Setting("The most files in one package.", Min = 1)]
    public int MaxFiles { get; init; } = 5000;
}
