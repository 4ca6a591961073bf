using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Faxbot.Server.Plugins.Install;
using Faxbot.Server.Plugins.Packages;
using Faxbot.Testing;
using NuGet.Common;
using NuGet.Packaging.Signing;
using HashAlgorithmName = System.Security.Cryptography.HashAlgorithmName;

namespace Faxbot.Server.Tests.Plugins.Install;

/// <summary>Packages that are signed, with a certificate that only a test knows.</summary>
public sealed class PackageSignatureTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly X509Certificate2 _certificate = SelfSigned();
    private readonly string _fingerprint;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public PackageSignatureTests() => _fingerprint = _certificate.GetCertHashString(HashAlgorithmName.SHA256);

    public void Dispose()
    {
        _certificate.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_signed_package_is_installed_and_its_signer_is_kept()
    {
        await using var bench = await PluginBench.OpenAsync(install: new InstallOptions { RequireSignature = true, TrustedSigners = [_fingerprint.ToLowerInvariant()] });
        await PublishSignedAsync(bench);

        await InstallAsync(bench);

        Assert.Equal(_fingerprint, PluginLock.Read(bench.Options.LockFile).Plugins[TestPackage.PluginId].Versions["1.0.0"].Signer);
    }

    [Fact]
    public async Task A_package_that_was_changed_after_it_was_signed_is_refused_though_no_signature_is_required()
    {
        await using var bench = await PluginBench.OpenAsync();
        var path = await PublishSignedAsync(bench);
        using (var zip = System.IO.Compression.ZipFile.Open(path, System.IO.Compression.ZipArchiveMode.Update)) zip.CreateEntry("more.txt");

        var refused = await Assert.ThrowsAsync<PluginInstallException>(() => InstallAsync(bench));

        Assert.Contains("signature", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_signature_that_somebody_vouches_for_nothing_is_installed_where_one_is_required()
    {
        await using var bench = await PluginBench.OpenAsync(install: new InstallOptions { RequireSignature = true });
        TestPackage.Of().WriteTo(bench.FeedFolder);
        Assert.Equal("The package Faxbot.Packed 1.0.0 is not signed, and plugins.require_signature wants that.", (await Assert.ThrowsAsync<PluginInstallException>(() => InstallAsync(bench))).Message);
        await PublishSignedAsync(bench);

        Assert.Contains("its signature does not hold", (await Assert.ThrowsAsync<PluginInstallException>(() => InstallAsync(bench))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signature_that_nobody_vouches_for_counts_as_none_where_none_is_required()
    {
        await using var bench = await PluginBench.OpenAsync();
        await PublishSignedAsync(bench);

        await InstallAsync(bench);

        Assert.NotNull(bench.Fleet.Describe(TestPackage.PluginId));
    }

    private static Task<string> InstallAsync(PluginBench bench) => bench.Installer.InstallAsync(new InstallRequest { Id = TestPackage.Id }, Cancel);

    private async Task<string> PublishSignedAsync(PluginBench bench)
    {
        var unsigned = TestPackage.Of().WriteTo(_folder.Of("unsigned"));
        var signed = Path.Combine(bench.FeedFolder, Path.GetFileName(unsigned));
        // The request closes its certificate in the end.
        using var request = new AuthorSignPackageRequest(_certificate, NuGet.Common.HashAlgorithmName.SHA256);
        using var options = SigningOptions.CreateFromFilePaths(unsigned, signed, overwrite: true, new X509SignatureProvider(timestampProvider: null), NullLogger.Instance);
        await SigningUtility.SignAsync(options, request, Cancel);
        return signed;
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=Faxbot tests", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.3")], critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        // NuGet asks the machine's clock whether it is valid.
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
