using NuGet.Common;
using NuGet.Packaging;
using NuGet.Packaging.Signing;

namespace Faxbot.Server.Plugins.Install;

/// <summary>
/// Verifies the signature of a package where it has one. A signature that does not fit the content refuses it always. One by a certificate that nobody
/// vouches for says no more than none: it is let pass where no signature is required.
/// </summary>
internal sealed class PackageSignatures(InstallOptions options)
{
    private readonly PackageSignatureVerifier _verifier = new(
    [
        new IntegrityVerificationProvider(),
        new SignatureTrustAndValidityVerificationProvider(
            options.TrustedSigners.Select(fingerprint => KeyValuePair.Create(fingerprint.Replace(":", "", StringComparison.Ordinal).ToUpperInvariant(), HashAlgorithmName.SHA256))),
    ]);

    // Without the network nobody can ask whether a certificate was revoked: what this machine knows of it must do.
    private readonly SignedPackageVerifierSettings _settings = new(
        allowUnsigned: !options.RequireSignature, allowIllegal: false, allowUntrusted: !options.RequireSignature, allowIgnoreTimestamp: true, allowMultipleTimestamps: true,
        allowNoTimestamp: true, allowUnknownRevocation: true, reportUnknownRevocation: false, VerificationTarget.All, SignaturePlacement.Any,
        SignatureVerificationBehavior.IfExistsAndIsNecessary, RevocationMode.Offline);

    /// <returns>The SHA-256 fingerprint of the certificate that it is signed with; null when it is not signed.</returns>
    /// <exception cref="PluginInstallException">The signature is wrong, or lacks where one is required.</exception>
    public async Task<string?> VerifyAsync(string path, string name, CancellationToken cancel)
    {
        using var reader = new PackageArchiveReader(File.OpenRead(path));
        try
        {
            var result = await _verifier.VerifySignaturesAsync(reader, _settings, cancel);
            if (!result.IsSigned && options.RequireSignature)
                throw PluginInstallException.Refused($"The package {name} is not signed, and plugins.require_signature wants that.");
            if (!result.IsValid) throw PluginInstallException.Refused($"The package {name} is refused: its signature does not hold. {Reasons(result)}");
            var signature = await reader.GetPrimarySignatureAsync(cancel);
            return signature?.SignerInfo.Certificate is { } certificate ? CertificateUtility.GetHashString(certificate, HashAlgorithmName.SHA256) : null;
        }
        catch (SignatureException broken)
        {
            throw PluginInstallException.Refused($"The package {name} is refused: its signature cannot be read. {broken.Message}");
        }
    }

    private static string Reasons(VerifySignaturesResult result) =>
        string.Join(' ', result.Results.SelectMany(one => one.Issues).Where(issue => issue.Level == NuGet.Common.LogLevel.Error).Select(issue => issue.Message).Distinct());
}
